package io.headrace.kernel.checkpoint;

import io.headrace.type.DecodeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads JSON into maps, lists, strings, longs, doubles, booleans and null. Total: strict as RFC
 * 8259 is, bounded in depth, and no name stands twice in an object.
 */
public final class JsonReader {
    /** A manifest has 7 levels; the rest is room for fields of others. */
    private static final int DEPTH_MAX = 32;

    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int position;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @throws DecodeException if the bytes are not one
     */
    public static Object read(byte[] utf8) {
        JsonReader reader = new JsonReader(decode(utf8));
        Object value = reader.value();
        reader.skipSpace();
        if (reader.position != reader.text.length()) {
            throw reader.unexpected("the end");
        }
        return value;
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException malformed) {
            throw new DecodeException("JSON is not UTF-8", malformed);
        }
    }

    private Object value() {
        skipSpace();
        if (++depth > DEPTH_MAX) {
            throw unexpected("at most " + DEPTH_MAX + " levels");
        }
        Object value = valueOf(position < text.length() ? text.charAt(position) : '\0');
        depth--;
        return value;
    }

    private Object valueOf(char first) {
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        position++;
        if (accept('}')) {
            return members;
        }
        do {
            skipSpace();
            String name = string();
            if (members.containsKey(name)) {
                throw unexpected("one member of the name \"" + name + "\"");
            }
            expect(':');
            members.put(name, value());
        } while (accept(','));
        expect('}');
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        position++;
        if (accept(']')) {
            return elements;
        }
        do {
            elements.add(value());
        } while (accept(','));
        expect(']');
        return elements;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw unexpected("a value");
        }
        position += word.length();
        return value;
    }

    private Object number() {
        int start = position;
        position += position < text.length() && text.charAt(position) == '-' ? 1 : 0;
        int digits = position;
        while (isOneOf("0123456789")) {
            position++;
        }
        boolean whole = position > digits && !isOneOf("+-.eE");
        boolean zeros = position > digits + 1 && text.charAt(digits) == '0';
        try {
            return whole && !zeros ? Long.parseLong(text, start, position, 10) : decimal(start);
        } catch (NumberFormatException tooLarge) {
            throw unexpected("a number of 64 bits, before this place");
        }
    }

    private Object decimal(int start) {
        while (isOneOf("+-.0123456789eE")) {
            position++;
        }
        String number = text.substring(start, position);
        if (!DECIMAL.matcher(number).matches()) {
            throw unexpected("a value");
        }
        return Double.valueOf(number);
    }

    private boolean isOneOf(String characters) {
        return position < text.length() && characters.indexOf(text.charAt(position)) >= 0;
    }

    private String string() {
        if (position >= text.length() || text.charAt(position) != '"') {
            throw unexpected("'\"'");
        }
        int start = ++position;
        while (position < text.length() && isPlain(text.charAt(position))) {
            position++;
        }
        StringBuilder value = new StringBuilder().append(text, start, position);
        while (true) {
            char each = next();
            if (each == '"') {
                return value.toString();
            }
            if (each < ' ') {
                throw unexpected("no control character, before this place");
            }
            value.append(each == '\\' ? escaped() : each);
        }
    }

    private static boolean isPlain(char each) {
        return each >= ' ' && each != '"' && each != '\\';
    }

    private char escaped() {
        char each = next();
        return switch (each) {
            case '"', '\\', '/' -> each;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw unexpected("an escaped character, before this place");
        };
    }

    private char hexadecimal() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private char next() {
        if (position >= text.length()) {
            throw unexpected("the end of a string");
        }
        return text.charAt(position++);
    }

    private boolean accept(char expected) {
        skipSpace();
        boolean found = position < text.length() && text.charAt(position) == expected;
        position += found ? 1 : 0;
        return found;
    }

    private void expect(char expected) {
        if (!accept(expected)) {
            throw unexpected("'" + expected + "'");
        }
    }

    private void skipSpace() {
        while (isOneOf(" \n\r\t")) {
            position++;
        }
    }

    private DecodeException unexpected(String expected) {
        return new DecodeException("JSON, character " + position + ": expected " + expected);
    }
}
