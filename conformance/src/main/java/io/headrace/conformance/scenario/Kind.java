package io.headrace.conformance.scenario;

import io.headrace.type.Type;

/** The types of values in scenarios. Each has a text and a number, so that functions fit all. */
public enum Kind {
    /** What sources give. */
    ITEM(Item.class),
    /** A {@code Long}. */
    NUMBER(Long.class),
    /** A {@code String}. */
    TEXT(String.class);

    private final Class<?> values;

    Kind(Class<?> values) {
        this.values = values;
    }

    @SuppressWarnings("unchecked") // Scenarios are built untyped; the kind says what flows.
    Type<Object> type() {
        return (Type<Object>) Type.of((Class<?>) values);
    }

    /** Returns the number of a value: for a text its length. */
    static long number(Object value) {
        if (value instanceof Item item) {
            return item.number();
        }
        return value instanceof Long number ? number : ((String) value).length();
    }

    /** Returns the value of this kind that is made of another one. */
    Object of(Object value) {
        return switch (this) {
            case ITEM -> new Item(name(value), number(value));
            case NUMBER -> number(value);
            case TEXT -> value.toString();
        };
    }

    /** Returns the name of a value, short enough for a key; null if it has none. */
    static String name(Object value) {
        if (value instanceof Item item) {
            return item.name();
        }
        String text = value.toString();
        return text.isEmpty() ? null : text.substring(0, 1);
    }
}
