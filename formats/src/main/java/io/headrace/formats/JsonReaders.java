package io.headrace.formats;

import io.headrace.type.UnknownTypeException;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Builds the readers of a type and of the types it is made of. */
final class JsonReaders {
    private final Deque<Class<?>> inside = new ArrayDeque<>();

    JsonReader ofRecord(Class<?> recordClass) {
        if (inside.contains(recordClass)) {
            throw new UnknownTypeException(
                    recordClass.getName(), "contains itself: refer to it by an id instead");
        }
        inside.push(recordClass);
        try {
            return new JsonRecordReader(RecordShape.of(recordClass), this);
        } finally {
            inside.pop();
        }
    }

    JsonReader of(Type type) {
        if (type instanceof Class<?> valueClass) {
            return ofClass(valueClass);
        }
        if (type instanceof GenericArrayType array) {
            throw unknown(array);
        }
        if (type instanceof ParameterizedType parameterized) {
            return ofGeneric(parameterized, parameterized.getActualTypeArguments());
        }
        throw unknown(type);
    }

    private JsonReader ofClass(Class<?> type) {
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (type == String.class) {
            return JsonReaders::readString;
        }
        if (type == boolean.class || type == Boolean.class) {
            return JsonReaders::readBoolean;
        }
        if (type == double.class || type == Double.class) {
            return JsonReaders::readDouble;
        }
        TextReader text = TextReaders.of(type).orElse(null);
        if (text != null) {
            return isNumber(type) ? ofNumber(text, type) : ofText(text);
        }
        if (type.isArray()) {
            return ofArray(type.getComponentType());
        }
        throw unknown(type);
    }

    private JsonReader ofGeneric(ParameterizedType type, Type[] arguments) {
        Type raw = type.getRawType();
        if (raw == Optional.class) {
            JsonReader value = of(arguments[0]);
            return parser -> Optional.of(value.read(parser));
        }
        if (raw == List.class) {
            JsonReader element = of(arguments[0]);
            return parser -> Collections.unmodifiableList(readElements(parser, element));
        }
        if (raw == Set.class) {
            JsonReader element = of(arguments[0]);
            return parser ->
                    Collections.unmodifiableSet(new LinkedHashSet<>(readElements(parser, element)));
        }
        if (raw == Map.class && arguments[0] instanceof Class<?> key) {
            TextReader keyText = TextReaders.of(key).orElseThrow(() -> unknown(type));
            JsonReader value = of(arguments[1]);
            return parser -> readMap(parser, keyText, value);
        }
        throw unknown(type);
    }

    private static UnknownTypeException unknown(Type type) {
        return new UnknownTypeException(
                type.getTypeName(),
                "has no JSON form: use a record, a scalar, an enum, a List, Set or Map of them, an"
                        + " Optional or an array");
    }

    private static boolean isNumber(Class<?> type) {
        return (type.isPrimitive() && type != char.class) || Number.class.isAssignableFrom(type);
    }

    private static JsonReader ofNumber(TextReader text, Class<?> type) {
        boolean fractions = type == BigDecimal.class || type == float.class || type == Float.class;
        boolean large = type == BigInteger.class;
        String expected = fractions ? "a number" : large ? "an integer" : "an integral number";
        return parser -> {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NUMBER_INT
                    || (fractions && token == JsonToken.VALUE_NUMBER_FLOAT)) {
                return readText(parser, text);
            }
            throw wrongKind(expected, parser);
        };
    }

    private static JsonReader ofText(TextReader text) {
        return parser -> {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw wrongKind("a string", parser);
            }
            return readText(parser, text);
        };
    }

    private static Object readText(JsonParser parser, TextReader text) throws MalformedException {
        return text.read(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    private static Object readString(JsonParser parser) throws MalformedException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongKind("a string", parser);
        }
        return parser.getString();
    }

    private static Object readBoolean(JsonParser parser) throws MalformedException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrongKind("true or false", parser);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static Object readDouble(JsonParser parser) throws MalformedException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            double value = parser.getDoubleValue();
            if (Double.isFinite(value)) {
                return value;
            }
            throw new MalformedException("the number is beyond double");
        }
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getString();
            if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
                return Double.parseDouble(text);
            }
        }
        throw wrongKind("a number", parser);
    }

    private static List<Object> readElements(JsonParser parser, JsonReader element)
            throws MalformedException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrongKind("an array", parser);
        }
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
            elements.add(absent ? null : element.read(parser));
        }
        return elements;
    }

    private static Object readMap(JsonParser parser, TextReader key, JsonReader value)
            throws MalformedException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrongKind("an object", parser);
        }
        Map<Object, Object> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            char[] name = parser.currentName().toCharArray();
            boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
            Object read = absent ? null : value.read(parser);
            if (entries.put(key.read(name, 0, name.length), read) != null) {
                throw new MalformedException("\"" + new String(name) + "\" occurs twice");
            }
        }
        return Collections.unmodifiableMap(entries);
    }

    private JsonReader ofArray(Class<?> elementClass) {
        JsonReader element = of(elementClass);
        return parser -> {
            List<Object> elements = readElements(parser, element);
            Object array = Array.newInstance(elementClass, elements.size());
            for (int index = 0; index < elements.size(); index++) {
                Object value = elements.get(index);
                if (value == null && elementClass.isPrimitive()) {
                    throw new MalformedException("null in an array of " + elementClass);
                }
                Array.set(array, index, value);
            }
            return array;
        };
    }

    static MalformedException wrongKind(String expected, JsonParser parser) {
        return new MalformedException(
                "expected " + expected + ", found " + JsonRecordReader.shown(parser));
    }
}
