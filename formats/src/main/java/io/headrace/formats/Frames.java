package io.headrace.formats;

/**
 * The records that {@link Decoder#frame} found in a buffer, and the state in which to go on behind
 * them. Reused from call to call.
 *
 * <p>Two states survive a record, and so belong to a position: a record above the size limit is
 * reported when the limit is reached and then dropped up to its line end ({@link
 * #insideOversized()}); and behind a quote that never closed, lines are records for as long as the
 * quote was searched ({@link #lineByLineBytes()}), so that no byte is searched more than twice.
 */
public final class Frames {
    /** Bounds one call: decoding that many takes well below 1 ms. */
    public static final int RECORDS_MAX = 512;

    private final int[] starts = new int[RECORDS_MAX];
    private final int[] ends = new int[RECORDS_MAX];
    private final int[] lineOffsets = new int[RECORDS_MAX];
    private final String[] faults = new String[RECORDS_MAX];
    private int count;
    private int countMax;
    private boolean anyFault;
    private int next;
    private int lines;
    private boolean insideOversized;
    private long lineByLineBytes;
    private int stopAt;

    /** Creates an empty list. */
    public Frames() {}

    /**
     * Empties the list.
     *
     * @param recordsMax how many records to find at most, 1 to {@link #RECORDS_MAX}
     * @param oversized the {@link #insideOversized()} of where the buffer begins
     * @param lineByLine the {@link #lineByLineBytes()} of where the buffer begins
     */
    public void begin(int recordsMax, boolean oversized, long lineByLine) {
        if (recordsMax < 1 || recordsMax > RECORDS_MAX) {
            throw new IllegalArgumentException(
                    "recordsMax=" + recordsMax + ", must be 1 to " + RECORDS_MAX);
        }
        count = 0;
        countMax = recordsMax;
        anyFault = false;
        lines = 0;
        insideOversized = oversized;
        lineByLineBytes = lineByLine;
        stopAt = Integer.MAX_VALUE;
    }

    /** Lets the search, once begun, end before a record that begins at or behind an index. */
    public void stopAt(int index) {
        stopAt = index;
    }

    /** Returns how many records were found. */
    public int count() {
        return count;
    }

    /** Returns where a record begins in the buffer. */
    public int start(int frame) {
        return starts[frame];
    }

    /** Returns where a record ends in the buffer, without its line end. */
    public int end(int frame) {
        return ends[frame];
    }

    /** Returns how many line ends precede a record since the start of the search. */
    public int lineOffset(int frame) {
        return lineOffsets[frame];
    }

    /** Returns where the first record begins that was not found. */
    public int next() {
        return next;
    }

    /** Returns how many line ends precede {@link #next()} since the start of the search. */
    public int lines() {
        return lines;
    }

    /** Returns whether {@link #next()} is inside a record that is too large. */
    public boolean insideOversized() {
        return insideOversized;
    }

    /** Returns for how many bytes from {@link #next()} on each line is a record. */
    public long lineByLineBytes() {
        return lineByLineBytes;
    }

    boolean complete() {
        return count == countMax || next >= stopAt;
    }

    /** Returns why a frame is no record, or null. */
    String fault(int frame) {
        return faults[frame];
    }

    boolean anyFault() {
        return anyFault;
    }

    void add(int start, int end, String fault) {
        starts[count] = start;
        ends[count] = end;
        lineOffsets[count] = lines;
        faults[count] = fault;
        anyFault |= fault != null;
        count++;
    }

    void insideOversized(boolean inside) {
        insideOversized = inside;
    }

    void lineByLineBytes(long bytes) {
        lineByLineBytes = bytes;
    }

    void startAt(int from) {
        next = from;
    }

    /** Goes on behind a record or behind dropped bytes. */
    void advance(int to, int moreLines) {
        lineByLineBytes = Math.max(0, lineByLineBytes - (to - next));
        next = to;
        lines += moreLines;
    }
}
