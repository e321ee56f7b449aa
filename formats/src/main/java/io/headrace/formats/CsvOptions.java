package io.headrace.formats;

import java.io.Serializable;

/**
 * How CSV is read and written, beside the columns.
 *
 * @param separator between fields
 * @param timesInUtc whether an {@code Instant} may come without zone
 * @param oneRecordPerLine whether a line break inside quotes is malformed
 * @param recordBytesMax above it a record is malformed
 */
record CsvOptions(char separator, boolean timesInUtc, boolean oneRecordPerLine, int recordBytesMax)
        implements Serializable {
    static final CsvOptions DEFAULT = new CsvOptions(',', false, false, Format.RECORD_BYTES_MAX);

    CsvOptions {
        if (separator > '~' || separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException(
                    "separator '" + separator + "' must be ASCII, not a quote and not a line end");
        }
        LineFraming.requireRecordBytesMax(recordBytesMax);
    }

    CsvOptions withSeparator(char other) {
        return new CsvOptions(other, timesInUtc, oneRecordPerLine, recordBytesMax);
    }

    CsvOptions withTimesInUtc() {
        return new CsvOptions(separator, true, oneRecordPerLine, recordBytesMax);
    }

    CsvOptions withOneRecordPerLine() {
        return new CsvOptions(separator, timesInUtc, true, recordBytesMax);
    }

    CsvOptions withRecordBytesMax(int bytes) {
        return new CsvOptions(separator, timesInUtc, oneRecordPerLine, bytes);
    }

    LineFraming framing() {
        return LineFraming.quoted(separator, oneRecordPerLine, recordBytesMax);
    }
}
