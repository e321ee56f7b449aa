package io.headrace.engine.job;

import io.headrace.connector.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One dead letter as a line of JSON: {@code step, split, position, reason}, and the input as {@code
 * text} if it is UTF-8, else as {@code base64}.
 */
final class DeadLetterLine {
    private DeadLetterLine() {}

    static void append(DeadLetter letter, StringBuilder line) {
        line.append('{');
        field("step", letter.step(), line).append(',');
        field("split", letter.split(), line).append(',');
        field("position", letter.position(), line).append(',');
        field("reason", letter.reason(), line).append(',');
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

    static StringBuilder field(String name, String value, StringBuilder line) {
        line.append('"').append(name).append("\":\"");
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
