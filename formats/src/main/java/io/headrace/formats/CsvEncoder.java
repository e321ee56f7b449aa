package io.headrace.formats;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.headrace.type.BytesOut;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Encodes CSV with a header, lines that end with LF, and quotes where they are needed.
 *
 * @param <T> the records
 */
final class CsvEncoder<T> implements Encoder<T> {
    private final String[] columns;
    private final String[] fields;
    private final List<Function<Object, Object>> accessors;
    private final StringWriter text = new StringWriter();
    private final CsvWriter library;
    private final char[] time = new char[32];

    CsvEncoder(RecordShape<T> shape, List<String> columns, CsvOptions options) {
        this.columns = columns.toArray(String[]::new);
        this.fields = new String[columns.size()];
        this.accessors = shape.components().stream().map(shape::accessor).toList();
        this.library =
                CsvWriter.builder()
                        .fieldSeparator(options.separator())
                        .lineDelimiter(LineDelimiter.LF)
                        .quoteStrategy(QuoteStrategies.EMPTY)
                        .bufferSize(0)
                        .build(text);
    }

    @Override
    public void preamble(BytesOut out) {
        library.writeRecord(columns);
        drain(out);
    }

    @Override
    public void encode(T value, BytesOut out) {
        for (int field = 0; field < fields.length; field++) {
            fields[field] = text(accessors.get(field).apply(value));
        }
        if (fields.length == 1 && fields[0] == null) {
            fields[0] = ""; // Quoted: an empty line would be no record.
        }
        library.writeRecord(fields);
        drain(out);
    }

    private String text(Object value) {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (present == null) {
            return null;
        }
        if (present instanceof Instant instant) {
            int length = TimeText.writePlain(instant, time, 0);
            return length > 0 ? new String(time, 0, length) : instant.toString();
        }
        return TextReaders.textOf(present);
    }

    private void drain(BytesOut out) {
        byte[] encoded = text.toString().getBytes(StandardCharsets.UTF_8);
        out.write(encoded, 0, encoded.length);
        text.getBuffer().setLength(0);
    }
}
