package io.headrace.kernel.codec;

import io.headrace.type.Schema;
import java.util.List;
import java.util.function.Consumer;

/**
 * The canonical text of a schema: equal schemas have equal texts. Frozen; stands in checkpoints.
 *
 * <pre>{@code
 * LONG · list<T> · set<T> · array<T> · map<K,V> · optional<T> · tuple<A,B> · codec "name" 1
 * record "name"{"field":T,"nullable":T?,"renamed":T? was "old" default "text"}
 * enum "name"{"A","B"} · sealed "name"{record …,record …}
 * }</pre>
 *
 * <p>In a quoted name, {@code "} and {@code \} stand behind a {@code \}; control characters and
 * surrogates are written as {@code \}{@code u} and four lower-case hexadecimal digits.
 */
public final class SchemaText {
    private final StringBuilder text = new StringBuilder();

    private SchemaText() {}

    /** Returns the text. */
    public static String write(Schema schema) {
        SchemaText writer = new SchemaText();
        writer.append(schema);
        return writer.text.toString();
    }

    /**
     * Reads a text. Total: bounded in depth and allocation.
     *
     * @throws io.headrace.type.DecodeException if it is not the text of a schema
     */
    public static Schema parse(String text) {
        return SchemaParser.parse(text);
    }

    /** Returns a few words for a message. */
    static String summary(Schema schema) {
        if (schema instanceof Schema.Struct struct) {
            return "record " + struct.name();
        }
        if (schema instanceof Schema.Enumeration enumeration) {
            return "enum " + enumeration.name();
        }
        if (schema instanceof Schema.Union union) {
            return "sealed type " + union.name();
        }
        return write(schema);
    }

    private void append(Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            text.append(scalar.kind().name());
        } else if (schema instanceof Schema.Struct struct) {
            appendRecord(struct);
        } else if (schema instanceof Schema.Enumeration enumeration) {
            appendNamed("enum", enumeration.name(), enumeration.constants(), this::appendQuoted);
        } else if (schema instanceof Schema.Union union) {
            appendNamed("sealed", union.name(), union.cases(), this::appendRecord);
        } else if (schema instanceof Schema.Sequence sequence) {
            appendGeneric(nameOf(sequence.shape()), List.of(sequence.element()));
        } else if (schema instanceof Schema.Mapping mapping) {
            appendGeneric("map", List.of(mapping.key(), mapping.value()));
        } else if (schema instanceof Schema.Maybe maybe) {
            appendGeneric("optional", List.of(maybe.value()));
        } else if (schema instanceof Schema.Tuple tuple) {
            appendGeneric("tuple", tuple.parts());
        } else if (schema instanceof Schema.Custom custom) {
            text.append("codec ");
            appendQuoted(custom.name());
            text.append(' ').append(custom.version());
        }
    }

    static String nameOf(Schema.Shape shape) {
        return switch (shape) {
            case LIST -> "list";
            case SET -> "set";
            case ARRAY -> "array";
        };
    }

    private void appendRecord(Schema.Struct struct) {
        appendNamed("record", struct.name(), struct.fields(), this::appendField);
    }

    private void appendField(Schema.Field field) {
        appendQuoted(field.name());
        text.append(':');
        append(field.schema());
        if (field.nullable()) {
            text.append('?');
        }
        if (field.formerName() != null) {
            text.append(" was ");
            appendQuoted(field.formerName());
        }
        if (field.defaultText() != null) {
            text.append(" default ");
            appendQuoted(field.defaultText());
        }
    }

    private <E> void appendNamed(
            String word, String name, List<E> elements, Consumer<E> appendElement) {
        text.append(word).append(' ');
        appendQuoted(name);
        text.append('{');
        appendSeparated(elements, appendElement);
        text.append('}');
    }

    private void appendGeneric(String word, List<Schema> arguments) {
        text.append(word).append('<');
        appendSeparated(arguments, this::append);
        text.append('>');
    }

    private <E> void appendSeparated(List<E> elements, Consumer<E> appendElement) {
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            appendElement.accept(elements.get(i));
        }
    }

    private void appendQuoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') {
                text.append('\\').append(each);
            } else if (Character.isISOControl(each) || Character.isSurrogate(each)) {
                text.append(String.format("\\u%04x", (int) each));
            } else {
                text.append(each);
            }
        }
        text.append('"');
    }
}
