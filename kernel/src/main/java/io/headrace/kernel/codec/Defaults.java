package io.headrace.kernel.codec;

import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.TypeStructure;
import io.headrace.type.UnknownTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a component is in values that were written before it existed. */
final class Defaults {
    private Defaults() {}

    /**
     * Parses the text of {@link io.headrace.type.Default}.
     *
     * @throws UnknownTypeException if the text is no value of the type
     */
    static Object parse(String text, Type<?> type, Schema schema, String path) {
        Function<String, Object> parse = parser(type, schema);
        if (parse == null) {
            throw new UnknownTypeException(
                    path, "only a scalar or an enum can have a @Default: take it away");
        }
        try {
            return parse.apply(text);
        } catch (RuntimeException unreadable) {
            throw new UnknownTypeException(
                    path,
                    "@Default(\""
                            + text
                            + "\") is no "
                            + type
                            + ": write what its toString prints ("
                            + unreadable.getMessage()
                            + ")");
        }
    }

    private static Function<String, Object> parser(Type<?> type, Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return ScalarForm.of(scalar.kind()).parse();
        }
        if (schema instanceof Schema.Enumeration) {
            Object[] constants = TypeStructure.raw(type).getEnumConstants();
            return text ->
                    Arrays.stream(constants)
                            .filter(constant -> ((Enum<?>) constant).name().equals(text))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("no such constant"));
        }
        return null;
    }

    /** Returns what makes the value of a reference that has no default: empty, else null. */
    static Supplier<Object> ofReference(Type<?> type, Schema schema) {
        if (schema instanceof Schema.Maybe) {
            return Optional::empty;
        }
        if (schema instanceof Schema.Mapping) {
            return LinkedHashMap::new;
        }
        if (schema instanceof Schema.Sequence sequence) {
            return switch (sequence.shape()) {
                case LIST -> ArrayList::new;
                case SET -> LinkedHashSet::new;
                case ARRAY -> {
                    Class<?> element = TypeStructure.raw(type).getComponentType();
                    yield () -> java.lang.reflect.Array.newInstance(element, 0);
                }
            };
        }
        return () -> null;
    }
}
