package io.headrace.formats;

import io.headrace.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Comma-separated values as RFC 4180 has them, with a header, mapped to the components of a record
 * class by name.
 *
 * <p>Fields may be quoted and then hold separators, quotes and line breaks. Lines end with LF, CRLF
 * or CR; the text is UTF-8, with or without a byte order mark. Columns that no component asks for
 * are ignored; a component without a column, or with two, is an error that names the header. A
 * component is a scalar, an enum or an {@code Optional} of one. An empty field is null or an empty
 * {@code Optional}, and malformed for a primitive; the empty string is written, and read, as a
 * quoted empty field. A stream without any bytes has no records.
 *
 * <p>A record is malformed if it has more or fewer fields than the header, a field of another type,
 * bytes that are not UTF-8, text behind a closing quote, a quote that does not close, or more bytes
 * than {@link #recordBytesMax()}.
 *
 * @param <T> the record class
 */
public final class Csv<T> implements Format<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> recordClass;
    private final LinkedHashMap<String, String> columns;
    private final CsvOptions options;

    private Csv(Class<T> recordClass, Map<String, String> columns, CsvOptions options) {
        this.recordClass = recordClass;
        this.columns = new LinkedHashMap<>(columns);
        this.options = options;
    }

    /**
     * Maps columns to the components of the same name.
     *
     * @throws io.headrace.type.UnknownTypeException if a component cannot stand in one field
     */
    public static <T> Csv<T> of(Class<T> recordClass) {
        Csv<T> format = new Csv<>(recordClass, Map.of(), CsvOptions.DEFAULT);
        CsvColumn.ofAll(format.shape(), CsvOptions.DEFAULT);
        return format;
    }

    /**
     * Reads and writes components under other column names.
     *
     * @param columnsByComponent from the name of a component to the name of its column; a component
     *     that is not in it keeps its own name
     */
    public Csv<T> columns(Map<String, String> columnsByComponent) {
        List<String> components = shape().names();
        for (String component : columnsByComponent.keySet()) {
            if (!components.contains(component)) {
                throw new IllegalArgumentException(
                        recordClass.getSimpleName()
                                + " has no component "
                                + component
                                + " to map a column to: it has "
                                + String.join(", ", components));
            }
        }
        return new Csv<>(recordClass, columnsByComponent, options);
    }

    /** Sets what separates fields: an ASCII character, a comma by default. */
    public Csv<T> separator(char separator) {
        return new Csv<>(recordClass, columns, options.withSeparator(separator));
    }

    /**
     * Also takes {@code 2018-04-01 00:00:31}, a time without zone, as an {@code Instant} in UTC.
     */
    public Csv<T> timesWithoutZoneAreUtc() {
        return new Csv<>(recordClass, columns, options.withTimesInUtc());
    }

    /** Sets the size in bytes above which a record is malformed, at least 1. */
    public Csv<T> recordBytesMax(int bytes) {
        return new Csv<>(recordClass, columns, options.withRecordBytesMax(bytes));
    }

    @Override
    public Csv<T> oneRecordPerLine() {
        return new Csv<>(recordClass, columns, options.withOneRecordPerLine());
    }

    @Override
    public Type<T> type() {
        return Type.of(recordClass);
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public boolean hasHeader() {
        return true;
    }

    @Override
    public int recordBytesMax() {
        return options.recordBytesMax();
    }

    @Override
    public Decoder<T> decoder(String origin) {
        Objects.requireNonNull(origin, "origin");
        return new CsvDecoder<>(origin, shape(), columnNames(), options);
    }

    @Override
    public Encoder<T> encoder() {
        return new CsvEncoder<>(shape(), columnNames(), options);
    }

    private RecordShape<T> shape() {
        return RecordShape.of(recordClass);
    }

    private List<String> columnNames() {
        return shape().names().stream().map(name -> columns.getOrDefault(name, name)).toList();
    }

    @Override
    public String toString() {
        return "CSV of " + recordClass.getSimpleName();
    }
}
