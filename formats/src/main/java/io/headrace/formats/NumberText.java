package io.headrace.formats;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads numbers from characters, without a string for the usual ones.
 *
 * <p>A decimal of up to 18 digits is a {@code long} and a scale. A {@code double} of up to 15
 * digits and 22 decimal places is one division of two numbers that are exact as {@code double},
 * hence correctly rounded. Everything else goes to the JDK.
 */
final class NumberText {
    /** Parsing takes time in the square of the length; no honest number is longer. */
    static final int CHARACTERS_MAX = 1000;

    /** Bounds the length of the plain text of a decimal. */
    static final int SCALE_MAX = 9999;

    private static final String DECIMAL = "a decimal number such as 12.50";
    private static final String NUMBER = "a number such as 12.50";
    private static final int LONG_DIGITS_MAX = 18;
    private static final int EXACT_DOUBLE_DIGITS_MAX = 15;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18
    };

    private NumberText() {}

    static long readLong(char[] text, int offset, int length, long min, long max)
            throws MalformedException {
        int at = offset;
        final int end = offset + length;
        boolean negative = length > 0 && text[at] == '-';
        if (negative || (length > 0 && text[at] == '+')) {
            at++;
        }
        final int digits = end - at;
        if (digits < 1 || digits > LONG_DIGITS_MAX) {
            return readLongSlowly(text, offset, length, min, max);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw MalformedException.expected("an integer", text, offset, length);
            }
            value = value * 10 + digit;
        }
        return inRange(negative ? -value : value, min, max);
    }

    private static long readLongSlowly(char[] text, int offset, int length, long min, long max)
            throws MalformedException {
        BigInteger value = readInteger(text, offset, length);
        if (value.bitLength() > 63) {
            throw MalformedException.expected(range(min, max), text, offset, length);
        }
        return inRange(value.longValue(), min, max);
    }

    private static long inRange(long value, long min, long max) throws MalformedException {
        if (value < min || value > max) {
            throw new MalformedException("expected " + range(min, max) + ", found " + value);
        }
        return value;
    }

    private static String range(long min, long max) {
        return "an integer from " + min + " to " + max;
    }

    static BigInteger readInteger(char[] text, int offset, int length) throws MalformedException {
        requirePlain("an integer", text, offset, length);
        try {
            return new BigInteger(new String(text, offset, length));
        } catch (NumberFormatException malformed) {
            throw MalformedException.expected("an integer", text, offset, length);
        }
    }

    static BigDecimal readDecimal(char[] text, int offset, int length) throws MalformedException {
        final int scale = plainScale(text, offset, length);
        if (scale >= 0) {
            return BigDecimal.valueOf(unscaled(text, offset, length), scale);
        }
        requirePlain(DECIMAL, text, offset, length);
        try {
            return requireScale(new BigDecimal(text, offset, length));
        } catch (NumberFormatException malformed) {
            throw MalformedException.expected(DECIMAL, text, offset, length);
        }
    }

    static BigDecimal requireScale(BigDecimal value) throws MalformedException {
        if (Math.abs((long) value.scale()) > SCALE_MAX) {
            throw new MalformedException(
                    "scale " + value.scale() + " of a decimal is beyond ±" + SCALE_MAX);
        }
        return value;
    }

    static double readDouble(char[] text, int offset, int length) throws MalformedException {
        final int scale = plainScale(text, offset, length);
        if (scale >= 0 && length <= EXACT_DOUBLE_DIGITS_MAX) {
            long unscaled = unscaled(text, offset, length);
            if (unscaled != 0) { // Zero may be negative.
                return unscaled / POWERS_OF_TEN[scale];
            }
        }
        requirePlain(NUMBER, text, offset, length);
        String shown = new String(text, offset, length);
        char last = length == 0 ? ' ' : shown.charAt(length - 1);
        try {
            if (last == '.' || (last >= '0' && last <= '9') || last == 'N' || last == 'y') {
                double value = Double.parseDouble(shown); // No suffix of Java, such as 1.5f.
                if (!Double.isInfinite(value) || last == 'y') {
                    return value;
                }
                throw new MalformedException("the number " + shown + " is beyond double");
            }
        } catch (NumberFormatException malformed) {
            // Reported below.
        }
        throw MalformedException.expected(NUMBER, text, offset, length);
    }

    /** Returns the scale of a number of digits and at most one point, or -1 for any other text. */
    private static int plainScale(char[] text, int offset, int length) {
        int at = offset;
        final int end = offset + length;
        if (length > 0 && text[at] == '-') {
            at++;
        }
        if (end - at < 1 || end - at > LONG_DIGITS_MAX) {
            return -1;
        }
        int point = -1;
        for (; at < end; at++) {
            char c = text[at];
            if (c == '.' && point < 0) {
                point = at;
            } else if (c < '0' || c > '9') {
                return -1;
            }
        }
        if (point < 0) {
            return 0;
        }
        return point == end - 1 || point == offset ? -1 : end - 1 - point;
    }

    private static long unscaled(char[] text, int offset, int length) {
        boolean negative = text[offset] == '-';
        long value = 0;
        for (int at = negative ? offset + 1 : offset; at < offset + length; at++) {
            char c = text[at];
            if (c != '.') {
                value = value * 10 + (c - '0');
            }
        }
        return negative ? -value : value;
    }

    private static void requirePlain(String what, char[] text, int offset, int length)
            throws MalformedException {
        if (length > CHARACTERS_MAX) {
            throw new MalformedException(
                    "expected "
                            + what
                            + " of at most "
                            + CHARACTERS_MAX
                            + " characters, found "
                            + length);
        }
        for (int at = offset; at < offset + length; at++) {
            if (text[at] <= ' ' || text[at] > '~') { // The JDK takes digits of all scripts.
                throw MalformedException.expected(what, text, offset, length);
            }
        }
    }
}
