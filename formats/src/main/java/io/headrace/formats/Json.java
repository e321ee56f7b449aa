package io.headrace.formats;

import io.headrace.type.Type;
import java.util.Objects;

/**
 * JSON lines: each line is one object, mapped to the components of a record class by name.
 *
 * <p>A number is a number, text is a string, a record is an object, a list, set or array is an
 * array, a map is an object. A {@code BigDecimal} is written plainly ({@code 57.10}), a time as in
 * ISO 8601 ({@code 2018-04-01T00:00:31Z}), bytes as Base64, a {@code double} that is no number as
 * {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}; the digits of a {@code double} are the
 * shortest that read back the same, on every release of Java. Fields are written in the order of
 * the components, null and an empty {@code Optional} as null. When reading, fields that no
 * component asks for are ignored and a missing one is null, or malformed for a primitive.
 *
 * <p>A line is malformed if it is not exactly one JSON object in UTF-8, if a field has a value of
 * another kind or occurs twice, or if it has more bytes than {@link #recordBytesMax()}.
 *
 * @param <T> the record class
 */
public final class Json<T> implements Format<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> recordClass;
    private final int recordBytesMax;

    private Json(Class<T> recordClass, int recordBytesMax) {
        LineFraming.requireRecordBytesMax(recordBytesMax);
        this.recordClass = Objects.requireNonNull(recordClass, "recordClass");
        this.recordBytesMax = recordBytesMax;
    }

    /**
     * Maps fields to the components of the same name.
     *
     * @throws io.headrace.type.UnknownTypeException if a component has no JSON form
     */
    public static <T> Json<T> lines(Class<T> recordClass) {
        new JsonReaders().ofRecord(recordClass); // Fails now rather than at the first record.
        return new Json<>(recordClass, RECORD_BYTES_MAX);
    }

    /** Sets the size in bytes above which a line is malformed, at least 1. */
    public Json<T> recordBytesMax(int bytes) {
        return new Json<>(recordClass, bytes);
    }

    @Override
    public Json<T> oneRecordPerLine() {
        return this;
    }

    @Override
    public Type<T> type() {
        return Type.of(recordClass);
    }

    @Override
    public String extension() {
        return "jsonl";
    }

    @Override
    public int recordBytesMax() {
        return recordBytesMax;
    }

    @Override
    public Decoder<T> decoder(String origin) {
        return new JsonDecoder<>(recordClass, recordBytesMax);
    }

    @Override
    public Encoder<T> encoder() {
        return new JsonEncoder<>(recordClass);
    }

    @Override
    public String toString() {
        return "JSON lines of " + recordClass.getSimpleName();
    }
}
