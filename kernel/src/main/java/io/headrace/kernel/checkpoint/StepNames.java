package io.headrace.kernel.checkpoint;

import java.nio.charset.StandardCharsets;

/**
 * Turns the name of a step into a name that every file system keeps as it is: small letters,
 * digits, {@code -} and {@code _} stand for themselves, everything else is {@code %} and two
 * hexadecimal digits for each byte of UTF-8.
 */
final class StepNames {
    /** Leaves room below the 255 bytes that file systems allow. */
    private static final int LENGTH_MAX = 160;

    /** Enough digits of a checksum to tell long names apart. */
    private static final int CHECKSUM_DIGITS = 16;

    private StepNames() {}

    static String escape(String step) {
        byte[] bytes = step.getBytes(StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder();
        for (byte each : bytes) {
            boolean plain =
                    each >= 'a' && each <= 'z'
                            || each >= '0' && each <= '9'
                            || each == '-'
                            || each == '_';
            escaped.append(plain ? String.valueOf((char) each) : String.format("%%%02x", each));
        }
        if (escaped.length() > LENGTH_MAX) {
            escaped.setLength(LENGTH_MAX);
            escaped.append("%-").append(Sha256.of(bytes, bytes.length), 0, CHECKSUM_DIGITS);
        }
        return escaped.toString();
    }
}
