package io.headrace.formats;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** Reads an object as a record. */
final class JsonRecordReader implements JsonReader {
    /** Enough of a value to recognise it. */
    private static final int SHOWN_CHARACTERS_MAX = 60;

    private static final Object ABSENT = new Object();

    private final RecordShape<?> shape;
    private final String[] names;
    private final JsonReader[] readers;
    private final PropertyNameMatcher matcher;

    JsonRecordReader(RecordShape<?> shape, JsonReaders readers) {
        this.shape = shape;
        this.names = shape.names().toArray(String[]::new);
        this.readers =
                shape.components().stream()
                        .map(component -> readers.of(component.getGenericType()))
                        .toArray(JsonReader[]::new);
        List<Named> fields = shape.names().stream().map(Named::fromString).toList();
        this.matcher = JsonLibrary.FACTORY.constructNameMatcher(fields, false);
    }

    @Override
    public Object read(JsonParser parser) throws MalformedException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonReaders.wrongKind("an object", parser);
        }
        Object[] arguments = new Object[names.length];
        Arrays.fill(arguments, ABSENT);
        int field = parser.nextNameMatch(matcher);
        while (field != PropertyNameMatcher.MATCH_END_OBJECT) {
            if (field == PropertyNameMatcher.MATCH_ODD_TOKEN) {
                throw JsonReaders.wrongKind("a field", parser);
            }
            parser.nextToken();
            if (field >= 0) {
                arguments[field] = readField(parser, field, arguments[field]);
            } else {
                parser.skipChildren();
            }
            field = parser.nextNameMatch(matcher);
        }
        for (int index = 0; index < names.length; index++) {
            if (arguments[index] == ABSENT) {
                arguments[index] = missing(index, "is missing");
            }
        }
        return shape.create(arguments);
    }

    private Object readField(JsonParser parser, int field, Object before)
            throws MalformedException {
        if (before != ABSENT) {
            throw new MalformedException(names[field] + ": occurs twice");
        }
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return missing(field, "is null");
        }
        try {
            return readers[field].read(parser);
        } catch (MalformedException malformed) {
            throw new MalformedException(names[field] + ": " + malformed.getMessage());
        }
    }

    private Object missing(int field, String how) throws MalformedException {
        RecordComponent component = shape.components().get(field);
        if (component.getType().isPrimitive()) {
            throw new MalformedException(names[field] + ": " + how);
        }
        return component.getType() == Optional.class ? Optional.empty() : null;
    }

    static String shown(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the end";
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            return token == JsonToken.START_OBJECT ? "an object" : "an array";
        }
        String text = parser.getString();
        return text.length() > SHOWN_CHARACTERS_MAX
                ? text.substring(0, SHOWN_CHARACTERS_MAX) + "…"
                : text;
    }
}
