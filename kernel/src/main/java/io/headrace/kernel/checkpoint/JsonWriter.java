package io.headrace.kernel.checkpoint;

import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Writes JSON without white space, but for a line break before each member of the top. */
final class JsonWriter {
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;
    private int depth;

    JsonWriter name(String name) {
        separate();
        if (depth == 1) {
            text.append('\n');
        }
        quote(name);
        text.append(':');
        first = true; // No comma between a name and its value.
        return this;
    }

    void text(String value) {
        separate();
        quote(value);
    }

    void number(long value) {
        separate();
        text.append(value);
    }

    void flag(boolean value) {
        separate();
        text.append(value);
    }

    void bytes(Blob value) {
        text(Base64.getEncoder().encodeToString(value.bytes()));
    }

    void object(Runnable members) {
        nested('{', members, '}');
    }

    <E> void array(Collection<E> elements, Consumer<E> element) {
        nested('[', () -> elements.forEach(element), ']');
    }

    /** Returns what was written, with objects still open. */
    @Override
    public String toString() {
        return text.toString();
    }

    private void nested(char open, Runnable content, char close) {
        separate();
        text.append(open);
        depth++;
        first = true;
        content.run();
        depth--;
        first = false;
        text.append(close);
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') {
                text.append('\\').append(each);
            } else if (each < ' ' || Character.isSurrogate(each)) {
                text.append("\\u").append(HexFormat.of().toHexDigits(each));
            } else {
                text.append(each);
            }
        }
        text.append('"');
    }
}
