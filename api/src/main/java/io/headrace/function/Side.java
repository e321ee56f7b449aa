package io.headrace.function;

import io.headrace.type.Type;
import java.util.Objects;

/**
 * Names a side output: a second stream that a step emits to, for example records that came late.
 *
 * <p>Within a pipeline the name is the identity; two sides of one name must have one type.
 *
 * @param name unique in the pipeline
 * @param type the values
 * @param <T> the values
 */
public record Side<T>(String name, Type<T> type) {
    /** Checks that nothing is null or blank. */
    public Side {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a side output needs a name, found a blank one");
        }
        Objects.requireNonNull(type, "type");
    }

    /** Names a side output of values of one class. */
    public static <T> Side<T> of(String name, Class<T> type) {
        return new Side<>(name, Type.of(type));
    }

    /** Names a side output of values of a generic type. */
    public static <T> Side<T> of(String name, Type<T> type) {
        return new Side<>(name, type);
    }
}
