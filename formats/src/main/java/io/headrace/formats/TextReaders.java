package io.headrace.formats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The values that have a text, and how it is read. Every format reads the same text; the text of a
 * value is what its {@code toString} gives, save for the exceptions in {@link #textOf}.
 */
final class TextReaders {
    /** The longest text that is passed to a parser of the JDK. */
    private static final int PARSED_CHARACTERS_MAX = 200;

    private static final int UUID_LENGTH = 36;
    private static final Map<Class<?>, TextReader> READERS = readers();

    private TextReaders() {}

    private static Map<Class<?>, TextReader> readers() {
        Map<Class<?>, TextReader> readers = new HashMap<>();
        addNumbers(readers);
        addTimes(readers);
        TextReader logical = TextReaders::readBoolean;
        readers.put(boolean.class, logical);
        readers.put(Boolean.class, logical);
        readers.put(char.class, TextReaders::readChar);
        readers.put(Character.class, TextReaders::readChar);
        readers.put(String.class, (text, offset, length) -> new String(text, offset, length));
        readers.put(UUID.class, TextReaders::readUuid);
        readers.put(byte[].class, TextReaders::readBase64);
        return Map.copyOf(readers);
    }

    private static void addNumbers(Map<Class<?>, TextReader> readers) {
        TextReader ofByte =
                (t, o, n) -> (byte) NumberText.readLong(t, o, n, Byte.MIN_VALUE, Byte.MAX_VALUE);
        TextReader ofShort =
                (t, o, n) -> (short) NumberText.readLong(t, o, n, Short.MIN_VALUE, Short.MAX_VALUE);
        TextReader ofInt =
                (t, o, n) ->
                        (int) NumberText.readLong(t, o, n, Integer.MIN_VALUE, Integer.MAX_VALUE);
        TextReader ofLong =
                (t, o, n) -> NumberText.readLong(t, o, n, Long.MIN_VALUE, Long.MAX_VALUE);
        TextReader ofFloat = TextReaders::readFloat;
        TextReader ofDouble = NumberText::readDouble;
        readers.put(byte.class, ofByte);
        readers.put(Byte.class, ofByte);
        readers.put(short.class, ofShort);
        readers.put(Short.class, ofShort);
        readers.put(int.class, ofInt);
        readers.put(Integer.class, ofInt);
        readers.put(long.class, ofLong);
        readers.put(Long.class, ofLong);
        readers.put(float.class, ofFloat);
        readers.put(Float.class, ofFloat);
        readers.put(double.class, ofDouble);
        readers.put(Double.class, ofDouble);
        readers.put(BigDecimal.class, NumberText::readDecimal);
        readers.put(BigInteger.class, NumberText::readInteger);
    }

    private static void addTimes(Map<Class<?>, TextReader> readers) {
        readers.put(Instant.class, TimeText::readInstant);
        readers.put(LocalDate.class, TimeText::readDate);
        readers.put(Duration.class, parsed("a duration such as PT15M", Duration::parse));
        readers.put(LocalTime.class, parsed("a time such as 10:15:30", LocalTime::parse));
        readers.put(
                LocalDateTime.class,
                parsed("a time such as 2018-04-01T10:15:30", LocalDateTime::parse));
        readers.put(
                OffsetDateTime.class,
                parsed("a time such as 2018-04-01T10:15:30+01:00", OffsetDateTime::parse));
        readers.put(
                ZonedDateTime.class,
                parsed(
                        "a time such as 2018-04-01T10:15:30+02:00[Europe/Paris]",
                        ZonedDateTime::parse));
        readers.put(ZoneId.class, parsed("a time zone such as Europe/Paris", ZoneId::of));
        readers.put(Year.class, parsed("a year such as 2018", Year::parse));
        readers.put(YearMonth.class, parsed("a month such as 2018-04", YearMonth::parse));
    }

    /** Returns how values of a class are read, empty if they have no text. */
    static Optional<TextReader> of(Class<?> type) {
        return type.isEnum() ? Optional.of(ofEnum(type)) : Optional.ofNullable(READERS.get(type));
    }

    /** Returns the text of a value that has one. */
    static String textOf(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) > NumberText.SCALE_MAX
                    ? decimal.toString()
                    : decimal.toPlainString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value.toString();
    }

    private static TextReader ofEnum(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        String expected =
                "one of " + String.join(", ", constants.keySet().stream().sorted().toList());
        return (text, offset, length) -> {
            Object constant = constants.get(new String(text, offset, length));
            if (constant == null) {
                throw MalformedException.expected(expected, text, offset, length);
            }
            return constant;
        };
    }

    private static TextReader parsed(String expected, Function<String, Object> parser) {
        return (text, offset, length) -> {
            if (length <= PARSED_CHARACTERS_MAX) {
                try {
                    return parser.apply(new String(text, offset, length));
                } catch (DateTimeException malformed) {
                    // Reported below.
                }
            }
            throw MalformedException.expected(expected, text, offset, length);
        };
    }

    private static Object readBoolean(char[] text, int offset, int length)
            throws MalformedException {
        String shown = new String(text, offset, Math.min(length, 6)).toLowerCase(Locale.ROOT);
        if (shown.equals("true") || shown.equals("1")) {
            return true;
        }
        if (shown.equals("false") || shown.equals("0")) {
            return false;
        }
        throw MalformedException.expected("true, false, 1 or 0", text, offset, length);
    }

    private static Object readFloat(char[] text, int offset, int length) throws MalformedException {
        double wide = NumberText.readDouble(text, offset, length); // The same text is accepted.
        float value = Float.parseFloat(new String(text, offset, length)); // Not rounded twice.
        if (Float.isInfinite(value) && !Double.isInfinite(wide)) {
            throw new MalformedException("the number " + wide + " is beyond float");
        }
        return value;
    }

    private static Object readChar(char[] text, int offset, int length) throws MalformedException {
        if (length != 1) {
            throw MalformedException.expected("one character", text, offset, length);
        }
        return text[offset];
    }

    private static Object readUuid(char[] text, int offset, int length) throws MalformedException {
        if (length == UUID_LENGTH) {
            try {
                return UUID.fromString(new String(text, offset, length));
            } catch (IllegalArgumentException malformed) {
                // Reported below.
            }
        }
        throw MalformedException.expected("a UUID", text, offset, length);
    }

    private static Object readBase64(char[] text, int offset, int length)
            throws MalformedException {
        try {
            return Base64.getDecoder().decode(new String(text, offset, length));
        } catch (IllegalArgumentException malformed) {
            throw MalformedException.expected("Base64", text, offset, length);
        }
    }
}
