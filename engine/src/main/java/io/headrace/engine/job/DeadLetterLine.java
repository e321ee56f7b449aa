package io.headrace.engine.job;

import io.headrace.connector.DeadLetter;
import io.headrace.kernel.checkpoint.JsonReader;
import io.headrace.type.DecodeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One dead letter as a line of JSON: {@code id, step, split, position, reason}, the reasons of
 * {@code earlier} attempts if there were some, and the input as {@code text} if it is UTF-8, else
 * as {@code base64}.
 */
final class DeadLetterLine {
    private DeadLetterLine() {}

    /** Appends a line. */
    static void append(long id, DeadLetter letter, StringBuilder line) {
        line.append("{\"id\":").append(id).append(',');
        field("step", letter.step(), line).append(',');
        field("split", letter.split(), line).append(',');
        field("position", letter.position(), line).append(',');
        field("reason", letter.reason(), line).append(',');
        if (!letter.earlier().isEmpty()) {
            line.append("\"earlier\":[");
            for (int i = 0; i < letter.earlier().size(); i++) {
                quoted(letter.earlier().get(i), line.append(i == 0 ? "" : ","));
            }
            line.append("],");
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(letter.raw()))
                            .toString();
            field("text", text, line);
        } catch (CharacterCodingException binary) {
            field("base64", Base64.getEncoder().encodeToString(letter.raw()), line);
        }
        line.append("}\n");
    }

    /**
     * Reads a line.
     *
     * @throws DecodeException if it is none
     */
    static KeptDeadLetters.Letter parse(String line) {
        if (!(JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> fields)
                || !(fields.get("id") instanceof Long id)) {
            throw new DecodeException("no dead letter: " + line);
        }
        byte[] raw =
                fields.get("base64") == null
                        ? text(fields, "text").getBytes(StandardCharsets.UTF_8)
                        : Base64.getDecoder().decode(text(fields, "base64"));
        List<?> earlier = fields.get("earlier") instanceof List<?> reasons ? reasons : List.of();
        DeadLetter letter =
                new DeadLetter(
                        text(fields, "step"),
                        text(fields, "split"),
                        text(fields, "position"),
                        text(fields, "reason"),
                        raw,
                        earlier.stream().map(String::valueOf).toList());
        return new KeptDeadLetters.Letter(id, letter, line);
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new DecodeException("a dead letter without " + name + ": " + fields);
    }

    static StringBuilder field(String name, String value, StringBuilder line) {
        return quoted(value, line.append('"').append(name).append("\":"));
    }

    private static StringBuilder quoted(String value, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '"' || letter == '\\') {
                line.append('\\').append(letter);
            } else if (letter < 0x20 || letter == 0x7F) {
                line.append(String.format("\\u%04x", (int) letter));
            } else {
                line.append(letter);
            }
        }
        return line.append('"');
    }
}
