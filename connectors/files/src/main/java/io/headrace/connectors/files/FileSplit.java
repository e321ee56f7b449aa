package io.headrace.connectors.files;

import io.headrace.connector.Split;
import java.util.Objects;

/**
 * A file, or a range of the bytes of a file, as it was when it was found.
 *
 * @param path the file, absolute
 * @param sizeBytes the size of the file
 * @param modifiedMillis when the file changed last, in milliseconds since 1970-01-01T00:00Z
 * @param from the offset of the first byte of the range; a record belongs to the range in which its
 *     first byte lies
 * @param to the offset behind the last byte of the range
 */
public record FileSplit(String path, long sizeBytes, long modifiedMillis, long from, long to)
        implements Split {
    /** Checks the range. */
    public FileSplit {
        Objects.requireNonNull(path, "path");
        if (from < 0 || from > to || to > sizeBytes) {
            throw new IllegalArgumentException(
                    "range " + from + " to " + to + " of " + path + ", size " + sizeBytes);
        }
    }

    @Override
    public String id() {
        return whole() ? path : path + "#" + from + "-" + to;
    }

    boolean whole() {
        return from == 0 && to == sizeBytes;
    }
}
