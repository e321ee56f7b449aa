package io.headrace.formats;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 and refuses what is not: the JDK's own short cut replaces it silently. */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    /** Makes exceptions of malformed input; not thread-safe. */
    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();

    /** Returns the text, or null if the bytes are malformed. */
    String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        boolean suspect = text.indexOf(REPLACEMENT) >= 0; // Immediate for plain Latin text.
        return suspect ? decodeStrictly(bytes, from, to) : text;
    }

    private String decodeStrictly(byte[] bytes, int from, int to) {
        try {
            CharBuffer decoded = strict.decode(ByteBuffer.wrap(bytes, from, to - from));
            return decoded.toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }
}
