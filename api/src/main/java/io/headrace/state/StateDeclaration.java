package io.headrace.state;

import io.headrace.type.Type;
import java.util.Objects;

/**
 * A state that a step declared.
 *
 * @param name unique within the step; part of the identity of the state
 * @param kind what the state holds
 * @param keyType the keys of a map, null for other kinds
 * @param valueType the values
 */
public record StateDeclaration(String name, Kind kind, Type<?> keyType, Type<?> valueType) {
    /** What a state holds for each key. The names are frozen: they stand in checkpoints. */
    public enum Kind {
        /** One immutable value. */
        VALUE,
        /** A list. */
        LIST,
        /** A map. */
        MAP,
        /** One value that is changed in place. */
        ACCUMULATOR,
        /** Values in the order of their times; stored as a map from (time, place among equals). */
        SERIES
    }

    /** Checks that a map, and nothing else, has a type of keys. */
    public StateDeclaration {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a state needs a name, found a blank one");
        }
        Objects.requireNonNull(valueType, "valueType");
        if ((keyType != null) != (kind == Kind.MAP)) {
            throw new IllegalArgumentException(
                    "state " + name + ": a type of keys belongs to a map, found kind " + kind);
        }
    }
}
