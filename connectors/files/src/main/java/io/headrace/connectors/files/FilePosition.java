package io.headrace.connectors.files;

/**
 * A place between two records of a file.
 *
 * @param offset of the first byte of the next record; 0 before the header
 * @param line of the next record, counted from 1 at the start of the file, or of the range
 * @param insideOversized whether the offset is inside a record that is too large, whose rest is to
 *     be dropped
 * @param lineByLineUntil up to which offset each line is a record, because a quote before did not
 *     close
 */
public record FilePosition(long offset, long line, boolean insideOversized, long lineByLineUntil) {
    static final FilePosition START = new FilePosition(0, 1, false, 0);

    /** Checks that nothing is negative. */
    public FilePosition {
        if (offset < 0 || line < 1 || lineByLineUntil < 0) {
            throw new IllegalArgumentException(
                    "offset=" + offset + ", line=" + line + ", until=" + lineByLineUntil);
        }
    }
}
