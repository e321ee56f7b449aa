package io.headrace.formats;

/**
 * Finds where records of a text format end: at a line break, unless it is inside quotes.
 *
 * <p>Quotes are those of RFC 4180: one at the start of a field opens it, two inside are one quote,
 * one inside closes it. Behind a closing quote only a separator or a line end is right; whatever
 * else follows makes the record malformed, and it ends with its line. Line breaks are LF, and in a
 * quoted format also CRLF and CR. Empty lines are no records.
 *
 * <p><b>A quote that never closes</b> costs at most {@code recordBytesMax} of searching. Then its
 * first line alone is malformed and the search goes on at the second; so that a hostile file of
 * such lines is not searched again and again, each line is a record for the bytes that were
 * searched.
 *
 * <p>What is found does not depend on how the stream is cut into buffers.
 */
final class LineFraming {
    private static final int INCOMPLETE = -1;
    private static final int OVERSIZED = -2;
    private static final int UNCLOSED = -3;

    private final boolean quoted;
    private final byte separator;
    private final boolean lineByLine;
    private final int recordBytesMax;

    // What the last search found, beside its result.
    private int lineBreaksInside;
    private int nextRecord;

    private LineFraming(boolean quoted, char separator, boolean lineByLine, int recordBytesMax) {
        this.quoted = quoted;
        this.separator = (byte) separator;
        this.lineByLine = lineByLine;
        this.recordBytesMax = recordBytesMax;
    }

    static LineFraming plain(int recordBytesMax) {
        return new LineFraming(false, '\n', true, recordBytesMax);
    }

    static LineFraming quoted(char separator, boolean lineByLine, int recordBytesMax) {
        return new LineFraming(true, separator, lineByLine, recordBytesMax);
    }

    static void requireRecordBytesMax(int bytes) {
        if (bytes < 1 || bytes > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException(
                    "recordBytesMax=" + bytes + ", must be 1 to " + Integer.MAX_VALUE / 4);
        }
    }

    void frame(byte[] bytes, int from, int to, boolean end, Frames frames) {
        frames.startAt(from);
        if (frames.insideOversized() && !drop(bytes, to, end, frames)) {
            return;
        }
        while (frames.next() < to && !frames.complete()) {
            if (!one(bytes, to, end, frames)) {
                return;
            }
        }
    }

    /** Drops the rest of a line; returns whether its end was found. */
    private boolean drop(byte[] bytes, int to, boolean end, Frames frames) {
        int lineEnd = lineEnd(bytes, frames.next(), to);
        if (lineEnd == to) {
            frames.advance(to, 0);
            frames.insideOversized(!end);
            return end;
        }
        int next = afterLineEnd(bytes, lineEnd, to, end);
        if (next == INCOMPLETE) {
            frames.advance(lineEnd, 0); // Only the CR is left; its LF may come.
            return false;
        }
        frames.advance(next, 1);
        frames.insideOversized(false);
        return true;
    }

    /** Finds one record or empty line; returns false if more bytes are needed. */
    private boolean one(byte[] bytes, int to, boolean end, Frames frames) {
        final int start = frames.next();
        final boolean singleLine = lineByLine || frames.lineByLineBytes() > 0;
        final int recordEnd = recordEnd(bytes, start, to, end, singleLine);
        if (recordEnd == INCOMPLETE) {
            return false;
        }
        if (recordEnd == OVERSIZED || recordEnd == UNCLOSED) {
            return resynchronize(bytes, to, end, frames, recordEnd);
        }
        if (withoutCarriageReturn(bytes, start, recordEnd) > start) {
            frames.add(start, withoutCarriageReturn(bytes, start, recordEnd), null);
        }
        frames.advance(nextRecord, lineBreaksInside + (nextRecord > recordEnd ? 1 : 0));
        return true;
    }

    private int withoutCarriageReturn(byte[] bytes, int start, int recordEnd) {
        boolean trailing = !quoted && recordEnd > start && bytes[recordEnd - 1] == '\r';
        return trailing ? recordEnd - 1 : recordEnd;
    }

    /** Reports the first line of a record that has no end, and goes on behind that line. */
    private boolean resynchronize(byte[] bytes, int to, boolean end, Frames frames, int cause) {
        final int start = frames.next();
        final int searchedTo = (int) Math.min((long) start + recordBytesMax, to);
        final int firstLineEnd = lineEnd(bytes, start, searchedTo);
        if (firstLineEnd == searchedTo && cause == OVERSIZED) {
            frames.add(start, searchedTo, "the record is larger than " + recordBytesMax + " bytes");
            frames.advance(searchedTo, 0);
            frames.insideOversized(true);
            return drop(bytes, to, end, frames);
        }
        int next = firstLineEnd;
        if (firstLineEnd < to) {
            next = afterLineEnd(bytes, firstLineEnd, to, end);
            if (next == INCOMPLETE) {
                return false;
            }
        }
        frames.add(start, firstLineEnd, unclosed(cause));
        final boolean searchedMore = !lineByLine && frames.lineByLineBytes() == 0;
        frames.advance(next, next > firstLineEnd ? 1 : 0);
        if (searchedMore) {
            frames.lineByLineBytes(Math.max(0, searchedTo - next));
        }
        return true;
    }

    private String unclosed(int cause) {
        return cause == OVERSIZED
                ? "the record is larger than "
                        + recordBytesMax
                        + " bytes: a quote of this line does not close"
                : "a quote of this line does not close";
    }

    /**
     * Returns the end of the record that begins at {@code start}, without its line end, and sets
     * {@link #nextRecord} and {@link #lineBreaksInside}; or one of the negative results.
     */
    private int recordEnd(byte[] bytes, int start, int to, boolean end, boolean singleLine) {
        lineBreaksInside = 0;
        final int limit = (int) Math.min((long) start + recordBytesMax + 1, to);
        int at = quoted ? quotedEnd(bytes, start, limit, singleLine) : lineEnd(bytes, start, limit);
        if (at == UNCLOSED) {
            return UNCLOSED; // Inside one line.
        }
        boolean open = at < 0;
        if (open || at == limit) {
            if (limit - start > recordBytesMax) {
                return OVERSIZED;
            }
            if (!end) {
                return INCOMPLETE;
            }
            if (open) {
                return UNCLOSED;
            }
        }
        nextRecord = at == to ? to : afterLineEnd(bytes, at, to, end);
        return nextRecord == INCOMPLETE ? INCOMPLETE : at;
    }

    /** Returns the index of the line break, or {@code to}. */
    private int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        if (quoted) {
            while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
                at++;
            }
        } else {
            while (at < to && bytes[at] != '\n') {
                at++;
            }
        }
        return at;
    }

    /** Returns the index behind a line break; INCOMPLETE for a CR that may have an LF. */
    private static int afterLineEnd(byte[] bytes, int lineEnd, int to, boolean end) {
        if (bytes[lineEnd] == '\n') {
            return lineEnd + 1;
        }
        if (lineEnd + 1 == to) {
            return end ? to : INCOMPLETE;
        }
        return bytes[lineEnd + 1] == '\n' ? lineEnd + 2 : lineEnd + 1;
    }

    /**
     * Returns the index of the line break that ends a record, {@code to} if there is none,
     * OVERSIZED if {@code to} is inside quotes, or UNCLOSED if a quote is open at the end of a
     * single line.
     */
    private int quotedEnd(byte[] bytes, int start, int to, boolean singleLine) {
        final byte separator = this.separator;
        int at = start;
        boolean fieldStart = true;
        while (at < to) {
            final byte b = bytes[at];
            if (b == '\n' || b == '\r') {
                return at;
            }
            if (b == '"' && fieldStart) {
                at = closingQuote(bytes, at + 1, to, singleLine);
                if (at < 0) {
                    return at;
                }
                at++;
                if (at < to && bytes[at] != separator) {
                    return lineEnd(bytes, at, to); // Right only if the line ends here.
                }
                fieldStart = false;
            } else {
                fieldStart = b == separator;
                at++;
            }
        }
        return to;
    }

    private int closingQuote(byte[] bytes, int from, int to, boolean singleLine) {
        int at = from;
        boolean afterCarriageReturn = false;
        while (at < to) {
            final byte b = bytes[at];
            if (b == '"') {
                if (at + 1 == to || bytes[at + 1] != '"') {
                    return at;
                }
                at++;
            } else if (b == '\n' || b == '\r') {
                if (singleLine) {
                    return UNCLOSED;
                }
                if (b == '\r' || !afterCarriageReturn) {
                    lineBreaksInside++;
                }
            }
            afterCarriageReturn = b == '\r';
            at++;
        }
        return OVERSIZED;
    }
}
