package io.headrace.formats;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * Builds the writers of a type and of the types it is made of. {@link JsonReaders} has accepted the
 * type before, so that every type here has a form.
 */
final class JsonWriters {
    private static final char SUBSTITUTE = '?';

    /** Room for the usual form of a time; the writers of one encoder share it. */
    private final char[] time = new char[32];

    JsonWriter ofRecord(Class<?> recordClass) {
        RecordShape<?> shape = RecordShape.of(recordClass);
        JsonWriter[] fields =
                shape.components().stream()
                        .map(component -> ofComponent(shape, component))
                        .toArray(JsonWriter[]::new);
        return (value, generator) -> {
            generator.writeStartObject();
            for (JsonWriter field : fields) {
                field.write(value, generator);
            }
            generator.writeEndObject();
        };
    }

    /** Returns what writes name and value of a component of the record that it is given. */
    private JsonWriter ofComponent(RecordShape<?> shape, RecordComponent component) {
        SerializedString name = new SerializedString(component.getName());
        Class<?> type = component.getType();
        if (type == long.class || type == int.class || type == short.class || type == byte.class) {
            return ofLong(name, shape, component);
        }
        if (type == double.class) {
            return ofDouble(name, shape, component);
        }
        Function<Object, Object> accessor = shape.accessor(component);
        JsonWriter writer = of(component.getGenericType());
        return (owner, generator) -> {
            generator.writeName(name);
            writeNullable(accessor.apply(owner), writer, generator);
        };
    }

    @SuppressWarnings("unchecked") // Erased: the function takes records of the shape.
    private static JsonWriter ofLong(
            SerializedString name, RecordShape<?> shape, RecordComponent component) {
        ToLongFunction<Object> accessor =
                shape.accessor(component, ToLongFunction.class, "applyAsLong", long.class);
        return (owner, generator) -> {
            generator.writeName(name);
            generator.writeNumber(accessor.applyAsLong(owner));
        };
    }

    @SuppressWarnings("unchecked") // Erased: the function takes records of the shape.
    private static JsonWriter ofDouble(
            SerializedString name, RecordShape<?> shape, RecordComponent component) {
        ToDoubleFunction<Object> accessor =
                shape.accessor(component, ToDoubleFunction.class, "applyAsDouble", double.class);
        return (owner, generator) -> {
            generator.writeName(name);
            generator.writeNumber(accessor.applyAsDouble(owner));
        };
    }

    private static void writeNullable(Object value, JsonWriter writer, JsonGenerator generator) {
        if (value == null) {
            generator.writeNull();
        } else {
            writer.write(value, generator);
        }
    }

    private JsonWriter of(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return ofGeneric(parameterized.getRawType(), parameterized.getActualTypeArguments());
        }
        Class<?> valueClass = (Class<?>) type;
        if (valueClass.isRecord()) {
            return ofRecord(valueClass);
        }
        if (valueClass == String.class) {
            return (value, generator) -> generator.writeString(wellFormed((String) value));
        }
        if (valueClass == Instant.class) {
            return this::writeInstant;
        }
        if (valueClass.isArray() && valueClass != byte[].class) {
            return ofArray(valueClass.getComponentType());
        }
        JsonWriter number = ofNumber(valueClass);
        return number != null
                ? number
                : (value, generator) -> generator.writeString(TextReaders.textOf(value));
    }

    private static JsonWriter ofNumber(Class<?> type) {
        if (type == BigDecimal.class) {
            return (value, generator) -> generator.writeNumber(TextReaders.textOf(value));
        }
        if (type == BigInteger.class) {
            return (value, generator) -> generator.writeNumber((BigInteger) value);
        }
        if (type == boolean.class || type == Boolean.class) {
            return (value, generator) -> generator.writeBoolean((Boolean) value);
        }
        if (type == double.class || type == Double.class) {
            return (value, generator) -> generator.writeNumber((Double) value);
        }
        if (type == float.class || type == Float.class) {
            return (value, generator) -> generator.writeNumber((Float) value);
        }
        boolean integral =
                Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != char.class);
        return integral
                ? (value, generator) -> generator.writeNumber(((Number) value).longValue())
                : null;
    }

    private JsonWriter ofGeneric(Type raw, Type[] arguments) {
        if (raw == Optional.class) {
            JsonWriter inner = of(arguments[0]);
            return (value, generator) ->
                    writeNullable(((Optional<?>) value).orElse(null), inner, generator);
        }
        if (raw == Map.class) {
            JsonWriter inner = of(arguments[1]);
            return (value, generator) -> writeMap((Map<?, ?>) value, inner, generator);
        }
        assert raw == List.class || raw == java.util.Set.class : raw;
        JsonWriter element = of(arguments[0]);
        return (value, generator) -> {
            generator.writeStartArray();
            for (Object each : (Collection<?>) value) {
                writeNullable(each, element, generator);
            }
            generator.writeEndArray();
        };
    }

    private static void writeMap(Map<?, ?> map, JsonWriter inner, JsonGenerator generator) {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            generator.writeName(wellFormed(TextReaders.textOf(entry.getKey())));
            writeNullable(entry.getValue(), inner, generator);
        }
        generator.writeEndObject();
    }

    private JsonWriter ofArray(Class<?> elementClass) {
        JsonWriter element = of(elementClass);
        return (value, generator) -> {
            generator.writeStartArray();
            for (int index = 0; index < Array.getLength(value); index++) {
                writeNullable(Array.get(value, index), element, generator);
            }
            generator.writeEndArray();
        };
    }

    private void writeInstant(Object value, JsonGenerator generator) {
        int length = TimeText.writePlain((Instant) value, time, 0);
        if (length > 0) {
            generator.writeString(time, 0, length);
        } else {
            generator.writeString(value.toString());
        }
    }

    /** Replaces unpaired surrogates, which UTF-8 cannot hold, as {@code String.getBytes} does. */
    private static String wellFormed(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                return withoutUnpaired(text);
            }
        }
        return text;
    }

    private static String withoutUnpaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(
                        c ->
                                c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                                        ? SUBSTITUTE
                                        : c)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
