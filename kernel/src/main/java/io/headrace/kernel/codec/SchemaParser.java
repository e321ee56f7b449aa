package io.headrace.kernel.codec;

import io.headrace.type.DecodeException;
import io.headrace.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads {@link SchemaText}. Accepts the one canonical text of each schema and nothing else. */
final class SchemaParser {
    /** More than a derived schema can have: each of its 64 levels is at most two levels here. */
    private static final int DEPTH_MAX = 200;

    private final String text;
    private int position;
    private int depth;

    private SchemaParser(String text) {
        this.text = text;
    }

    static Schema parse(String text) {
        SchemaParser parser = new SchemaParser(text);
        Schema schema = parser.schema();
        if (parser.position != text.length() || !SchemaText.write(schema).equals(text)) {
            throw parser.unexpected("the end of a schema in its canonical form");
        }
        return schema;
    }

    private Schema schema() {
        if (++depth > DEPTH_MAX) {
            throw unexpected("at most " + DEPTH_MAX + " levels");
        }
        Schema schema = ofWord(word());
        depth--;
        return schema;
    }

    private Schema ofWord(String word) {
        return switch (word) {
            case "record" -> struct();
            case "enum" -> enumeration();
            case "sealed" -> union();
            case "list" -> sequence(Schema.Shape.LIST);
            case "set" -> sequence(Schema.Shape.SET);
            case "array" -> sequence(Schema.Shape.ARRAY);
            case "map" -> {
                List<Schema> arguments = arguments(2);
                yield new Schema.Mapping(arguments.get(0), arguments.get(1));
            }
            case "optional" -> new Schema.Maybe(arguments(1).get(0));
            case "tuple" -> new Schema.Tuple(list('<', '>', this::schema));
            case "codec" -> custom();
            default -> scalar(word);
        };
    }

    private Schema scalar(String word) {
        for (Schema.Kind kind : Schema.Kind.values()) {
            if (kind.name().equals(word)) {
                return new Schema.Scalar(kind);
            }
        }
        throw unexpected("the name of a kind of schema, found \"" + word + "\"");
    }

    private Schema.Struct struct() {
        expect(' ');
        String name = quoted();
        List<Schema.Field> fields = list('{', '}', this::field);
        requireDistinct(fields.stream().map(Schema.Field::name).toList());
        return new Schema.Struct(name, fields);
    }

    private Schema.Field field() {
        String name = quoted();
        expect(':');
        Schema schema = schema();
        boolean nullable = accept("?");
        String formerName = accept(" was ") ? quoted() : null;
        String defaultText = accept(" default ") ? quoted() : null;
        return new Schema.Field(name, schema, nullable, formerName, defaultText);
    }

    private Schema enumeration() {
        expect(' ');
        String name = quoted();
        List<String> constants = list('{', '}', this::quoted);
        requireDistinct(constants);
        return new Schema.Enumeration(name, constants);
    }

    private Schema union() {
        expect(' ');
        String name = quoted();
        List<Schema.Struct> cases =
                list(
                        '{',
                        '}',
                        () -> {
                            if (!word().equals("record")) {
                                throw unexpected("a record");
                            }
                            return struct();
                        });
        requireDistinct(cases.stream().map(Schema.Struct::name).toList());
        return new Schema.Union(name, cases);
    }

    private Schema sequence(Schema.Shape shape) {
        return new Schema.Sequence(shape, arguments(1).get(0));
    }

    private Schema custom() {
        expect(' ');
        String name = quoted();
        expect(' ');
        int start = position;
        while (position < text.length() && "-0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        try {
            return new Schema.Custom(name, Integer.parseInt(text.substring(start, position)));
        } catch (NumberFormatException notANumber) {
            throw unexpected("the version of a codec");
        }
    }

    private List<Schema> arguments(int count) {
        List<Schema> arguments = list('<', '>', this::schema);
        if (arguments.size() != count) {
            throw unexpected(count + " arguments, found " + arguments.size());
        }
        return arguments;
    }

    private <E> List<E> list(char open, char close, Supplier<E> element) {
        expect(open);
        List<E> elements = new ArrayList<>();
        if (accept(String.valueOf(close))) {
            return elements;
        }
        do {
            elements.add(element.get());
        } while (accept(","));
        expect(close);
        return elements;
    }

    private void requireDistinct(List<String> names) {
        Set<String> distinct = new HashSet<>(names);
        if (distinct.size() != names.size()) {
            throw unexpected("names that differ from each other, before this place");
        }
    }

    private String word() {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private static boolean isWordPart(char each) {
        return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each == '_';
    }

    private String quoted() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '"') {
            char each = text.charAt(position++);
            value.append(each == '\\' ? escaped() : each);
        }
        expect('"');
        return value.toString();
    }

    private char escaped() {
        if (accept("u")) {
            int end = Math.min(position + 4, text.length());
            String digits = text.substring(position, end);
            if (!digits.matches("[0-9a-f]{4}")) {
                throw unexpected("four hexadecimal digits");
            }
            position = end;
            return (char) Integer.parseInt(digits, 16);
        }
        if (position == text.length()) {
            throw unexpected("a character behind \\");
        }
        return text.charAt(position++);
    }

    private boolean accept(String expected) {
        boolean found = text.startsWith(expected, position);
        position += found ? expected.length() : 0;
        return found;
    }

    private void expect(char expected) {
        if (!accept(String.valueOf(expected))) {
            throw unexpected("'" + expected + "'");
        }
    }

    private DecodeException unexpected(String expected) {
        return new DecodeException("schema text, character " + position + ": expected " + expected);
    }
}
