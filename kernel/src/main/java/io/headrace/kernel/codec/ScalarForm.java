package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import io.headrace.type.Schema;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The frozen forms of the scalars. Integers are zigzag variable-length, floating-point numbers are
 * their raw bits, dates and times are counts since 1970 or midnight.
 *
 * @param parse reads a default, in the form that {@code toString} prints; null if there is none
 */
record ScalarForm(Writer writer, Reader reader, Function<String, Object> parse) {
    private static final Map<Schema.Kind, ScalarForm> FORMS = new EnumMap<>(Schema.Kind.class);

    static {
        addPrimitives();
        addNumbersAndTexts();
        addTimes();
        addZones();
    }

    static ScalarForm of(Schema.Kind kind) {
        return FORMS.get(kind);
    }

    private static void add(
            Schema.Kind kind, Writer writer, Reader reader, Function<String, Object> parse) {
        FORMS.put(kind, new ScalarForm(writer, reader, parse));
    }

    private static void addPrimitives() {
        add(
                Schema.Kind.BOOLEAN,
                (value, out) -> out.writeBoolean((Boolean) value),
                BytesIn::readBoolean,
                ScalarForm::parseBoolean);
        add(
                Schema.Kind.BYTE,
                (value, out) -> out.writeByte((Byte) value),
                BytesIn::readByte,
                Byte::valueOf);
        add(
                Schema.Kind.SHORT,
                (value, out) -> out.writeVarLong((Short) value),
                in -> (short) readIn(in, Short.MIN_VALUE, Short.MAX_VALUE),
                Short::valueOf);
        add(
                Schema.Kind.CHAR,
                (value, out) -> out.writeVarLong((Character) value),
                in -> (char) readIn(in, Character.MIN_VALUE, Character.MAX_VALUE),
                ScalarForm::parseChar);
        add(
                Schema.Kind.INT,
                (value, out) -> out.writeVarLong((Integer) value),
                in -> (int) readIn(in, Integer.MIN_VALUE, Integer.MAX_VALUE),
                Integer::valueOf);
        add(
                Schema.Kind.LONG,
                (value, out) -> out.writeVarLong(MutableLong.of(value)),
                BytesIn::readVarLong,
                Long::valueOf);
        add(
                Schema.Kind.FLOAT,
                (value, out) -> out.writeInt(Float.floatToRawIntBits((Float) value)),
                in -> Float.intBitsToFloat(in.readInt()),
                Float::valueOf);
        add(
                Schema.Kind.DOUBLE,
                (value, out) -> out.writeDouble((Double) value),
                BytesIn::readDouble,
                Double::valueOf);
    }

    private static void addNumbersAndTexts() {
        add(
                Schema.Kind.STRING,
                (value, out) -> out.writeString((String) value),
                BytesIn::readString,
                text -> text);
        add(
                Schema.Kind.BYTES,
                (value, out) -> out.writeBytes((byte[]) value),
                BytesIn::readBytes,
                null);
        add(
                Schema.Kind.DECIMAL,
                ScalarForm::writeDecimal,
                ScalarForm::readDecimal,
                BigDecimal::new);
        add(
                Schema.Kind.INTEGER,
                (value, out) -> out.writeBytes(((BigInteger) value).toByteArray()),
                ScalarForm::readInteger,
                BigInteger::new);
        add(
                Schema.Kind.UUID,
                ScalarForm::writeUuid,
                in -> new UUID(in.readLong(), in.readLong()),
                UUID::fromString);
    }

    private static void addTimes() {
        add(
                Schema.Kind.INSTANT,
                ScalarForm::writeInstant,
                time(in -> Instant.ofEpochSecond(in.readVarLong(), readNanos(in))),
                Instant::parse);
        add(
                Schema.Kind.DURATION,
                ScalarForm::writeDuration,
                time(in -> Duration.ofSeconds(in.readVarLong(), readNanos(in))),
                Duration::parse);
        add(
                Schema.Kind.DATE,
                (value, out) -> out.writeVarLong(((LocalDate) value).toEpochDay()),
                time(ScalarForm::readDate),
                LocalDate::parse);
        add(
                Schema.Kind.TIME,
                (value, out) -> out.writeVarLong(((LocalTime) value).toNanoOfDay()),
                time(ScalarForm::readTime),
                LocalTime::parse);
        add(
                Schema.Kind.DATE_TIME,
                (value, out) -> writeDateTime((LocalDateTime) value, out),
                time(ScalarForm::readDateTime),
                LocalDateTime::parse);
        add(
                Schema.Kind.YEAR,
                (value, out) -> out.writeVarLong(((Year) value).getValue()),
                time(in -> Year.of((int) readIn(in, Year.MIN_VALUE, Year.MAX_VALUE))),
                Year::parse);
        add(
                Schema.Kind.YEAR_MONTH,
                ScalarForm::writeYearMonth,
                time(ScalarForm::readYearMonth),
                YearMonth::parse);
    }

    private static void addZones() {
        add(
                Schema.Kind.OFFSET_DATE_TIME,
                ScalarForm::writeOffsetDateTime,
                time(in -> OffsetDateTime.of(readDateTime(in), readOffset(in))),
                OffsetDateTime::parse);
        add(
                Schema.Kind.ZONED_DATE_TIME,
                ScalarForm::writeZonedDateTime,
                time(ScalarForm::readZonedDateTime),
                ZonedDateTime::parse);
        add(
                Schema.Kind.ZONE,
                (value, out) -> out.writeString(((ZoneId) value).getId()),
                time(in -> ZoneId.of(in.readString())),
                ZoneId::of);
    }

    /** Reads an integer and checks its range. */
    static long readIn(BytesIn in, long min, long max) {
        long value = in.readVarLong();
        if (value < min || value > max) {
            throw new DecodeException(value + " is not from " + min + " to " + max);
        }
        return value;
    }

    private static Reader time(Reader unchecked) {
        return in -> {
            try {
                return unchecked.read(in);
            } catch (DateTimeException | ArithmeticException outOfRange) {
                throw new DecodeException("not a time: " + outOfRange.getMessage(), outOfRange);
            }
        };
    }

    private static Object parseBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    private static Object parseChar(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    private static void writeDecimal(Object value, BytesOut out) {
        BigDecimal decimal = (BigDecimal) value;
        out.writeVarLong(decimal.scale());
        out.writeBytes(decimal.unscaledValue().toByteArray());
    }

    private static Object readDecimal(BytesIn in) {
        int scale = (int) readIn(in, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return new BigDecimal(readInteger(in), scale);
    }

    private static BigInteger readInteger(BytesIn in) {
        byte[] bytes = in.readBytes();
        if (bytes.length == 0) {
            throw new DecodeException("an integer has at least one byte");
        }
        return new BigInteger(bytes);
    }

    private static void writeUuid(Object value, BytesOut out) {
        UUID uuid = (UUID) value;
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    private static void writeInstant(Object value, BytesOut out) {
        Instant instant = (Instant) value;
        out.writeVarLong(instant.getEpochSecond());
        out.writeVarLong(instant.getNano());
    }

    private static void writeDuration(Object value, BytesOut out) {
        Duration duration = (Duration) value;
        out.writeVarLong(duration.getSeconds());
        out.writeVarLong(duration.getNano());
    }

    private static long readNanos(BytesIn in) {
        return readIn(in, 0, 999_999_999);
    }

    private static LocalDate readDate(BytesIn in) {
        return LocalDate.ofEpochDay(in.readVarLong());
    }

    private static LocalTime readTime(BytesIn in) {
        return LocalTime.ofNanoOfDay(in.readVarLong());
    }

    private static void writeDateTime(LocalDateTime value, BytesOut out) {
        out.writeVarLong(value.toLocalDate().toEpochDay());
        out.writeVarLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readDateTime(BytesIn in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static ZoneOffset readOffset(BytesIn in) {
        return ZoneOffset.ofTotalSeconds((int) readIn(in, -64_800, 64_800));
    }

    private static void writeOffsetDateTime(Object value, BytesOut out) {
        OffsetDateTime time = (OffsetDateTime) value;
        writeDateTime(time.toLocalDateTime(), out);
        out.writeVarLong(time.getOffset().getTotalSeconds());
    }

    private static void writeZonedDateTime(Object value, BytesOut out) {
        ZonedDateTime time = (ZonedDateTime) value;
        writeDateTime(time.toLocalDateTime(), out);
        out.writeVarLong(time.getOffset().getTotalSeconds());
        out.writeString(time.getZone().getId());
    }

    /** Keeps the instant if the rules of the zone have changed since it was written. */
    private static Object readZonedDateTime(BytesIn in) {
        return ZonedDateTime.ofInstant(
                readDateTime(in), readOffset(in), ZoneId.of(in.readString()));
    }

    private static void writeYearMonth(Object value, BytesOut out) {
        YearMonth month = (YearMonth) value;
        out.writeVarLong(month.getYear());
        out.writeVarLong(month.getMonthValue());
    }

    private static Object readYearMonth(BytesIn in) {
        int year = (int) readIn(in, Year.MIN_VALUE, Year.MAX_VALUE);
        return YearMonth.of(year, (int) readIn(in, 1, 12));
    }
}
