package io.headrace.formats;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.headrace.connector.ConnectorException;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes CSV: {@link LineFraming} finds the records, the library splits them into fields.
 *
 * <p>All records that were framed are parsed together. Should anything be wrong with one of them,
 * or should library and framing not see the same number of records, they are parsed again one by
 * one, so that only the wrong ones are lost.
 *
 * @param <T> the records
 */
final class CsvDecoder<T> implements Decoder<T> {
    private final String origin;
    private final RecordShape<T> shape;
    private final List<String> expectedColumns;
    private final CsvOptions options;
    private final LineFraming framing;
    private final CsvReaderBuilder library;
    private final Utf8 utf8 = new Utf8();
    private CsvRows rows;

    CsvDecoder(
            String origin, RecordShape<T> shape, List<String> expectedColumns, CsvOptions options) {
        this.origin = origin;
        this.shape = shape;
        this.expectedColumns = expectedColumns;
        this.options = options;
        this.framing = options.framing();
        this.library =
                CsvReader.builder()
                        .fieldSeparator(options.separator())
                        .commentStrategy(CommentStrategy.NONE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // Rows count themselves.
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    @Override
    public int preamble(byte[] bytes, int length, boolean end, Frames frames) {
        frames.begin(1, false, 0);
        int from = ByteOrderMark.length(bytes, length, end);
        if (from == MORE_BYTES_NEEDED) {
            return MORE_BYTES_NEEDED;
        }
        framing.frame(bytes, from, length, end, frames);
        if (frames.count() == 0 && length <= options.recordBytesMax() + 5) {
            return end ? length : MORE_BYTES_NEEDED;
        }
        if (frames.count() == 0) {
            throw ConnectorException.fatal(
                    origin + ": no header in the first " + length + " bytes", null);
        }
        String header = utf8.decode(bytes, frames.start(0), frames.end(0));
        if (frames.anyFault() || header == null) {
            throw ConnectorException.fatal(
                    origin
                            + ": the header is no CSV record: "
                            + (header == null ? "malformed UTF-8" : frames.fault(0)),
                    null);
        }
        readHeader(header);
        return frames.next();
    }

    private void readHeader(String header) {
        List<String> found;
        try {
            found = library.ofSingleCsvRecord(header).getFields();
        } catch (CsvParseException malformed) {
            throw ConnectorException.fatal(
                    origin + ": the header is no CSV record: " + header, malformed);
        }
        int[] componentByField = new int[found.size()];
        Arrays.fill(componentByField, CsvRows.IGNORED);
        for (int component = 0; component < expectedColumns.size(); component++) {
            String column = expectedColumns.get(component);
            int field = found.indexOf(column);
            if (field < 0 || field != found.lastIndexOf(column)) {
                throw headerMismatch(column, field < 0 ? "is missing" : "occurs twice", header);
            }
            componentByField[field] = component;
        }
        rows = new CsvRows(shape, CsvColumn.ofAll(shape, options), componentByField);
    }

    private ConnectorException headerMismatch(String column, String what, String header) {
        return ConnectorException.fatal(
                origin
                        + ": column \""
                        + column
                        + "\" "
                        + what
                        + "; the header is "
                        + header
                        + "; expected are the columns "
                        + String.join(", ", expectedColumns)
                        + "; columns(Map.of(component, column)) maps other names",
                null);
    }

    @Override
    public void frame(byte[] bytes, int from, int to, boolean end, Frames frames) {
        framing.frame(bytes, from, to, end, frames);
    }

    @Override
    public void decode(byte[] bytes, Frames frames, Decoded<T> out) {
        if (frames.count() == 0) {
            return;
        }
        if (frames.anyFault() || !decodeTogether(bytes, frames)) {
            decodeOneByOne(bytes, frames, out);
            return;
        }
        for (int frame = 0; frame < frames.count(); frame++) {
            emit(frame, frame, out);
        }
        rows.clear();
    }

    private boolean decodeTogether(byte[] bytes, Frames frames) {
        String text = utf8.decode(bytes, frames.start(0), frames.end(frames.count() - 1));
        return text != null && parse(text) == null && rows.count() == frames.count();
    }

    private void decodeOneByOne(byte[] bytes, Frames frames, Decoded<T> out) {
        for (int frame = 0; frame < frames.count(); frame++) {
            String fault = frames.fault(frame);
            if (fault == null) {
                String text = utf8.decode(bytes, frames.start(frame), frames.end(frame));
                fault = text == null ? "malformed UTF-8" : parse(text);
            }
            if (fault == null && rows.count() != 1) {
                fault = "the quotes are not as in RFC 4180";
            }
            if (fault != null) {
                out.malformed(frame, fault);
            } else {
                emit(0, frame, out);
            }
        }
        rows.clear();
    }

    @SuppressWarnings("unchecked") // The shape makes records of its class only.
    private void emit(int row, int frame, Decoded<T> out) {
        if (rows.reason(row) != null) {
            out.malformed(frame, rows.reason(row));
        } else {
            out.record((T) rows.value(row));
        }
    }

    /** Parses records into the rows; returns what is wrong with the text, or null. */
    private String parse(String text) {
        rows.clear();
        CloseableIterator<Boolean> records = library.build(rows.handler(), text).iterator();
        try {
            while (records.hasNext() && !rows.full()) {
                records.next();
            }
            return null;
        } catch (CsvParseException malformed) {
            if (malformed.getCause() instanceof Error fault) {
                throw fault; // Of the record's constructor: not a matter of the input.
            }
            return "not as in RFC 4180: "
                    + malformed.getMessage().replaceAll(" \\(record starting.*", "");
        }
    }
}
