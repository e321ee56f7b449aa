package io.headrace.kernel.time;

/**
 * The watermark of one split whose records are out of order by a bound at most.
 *
 * <p>It moves at every {@value #RECORDS_PER_ADVANCE}th record of the split and nowhere else, so
 * that a record is late, or not, whatever the sizes of polls and whenever the job was restarted.
 * Not thread-safe; saved with the position of the split.
 */
public final class SplitWatermark {
    /** Often enough for timely results, seldom enough to cost nothing per record. */
    public static final int RECORDS_PER_ADVANCE = 256;

    /** What {@link #maxTimestamp()} is before the first record. */
    public static final long NONE = Long.MIN_VALUE;

    private final long boundMillis;
    private long maxTimestamp;
    private long records;
    private long watermark = NONE;

    /**
     * Continues a split.
     *
     * @param boundMillis how much earlier than the highest timestamp a record may be; {@link
     *     Long#MAX_VALUE} if timestamps say nothing and only {@link #raise} moves the watermark
     * @param maxTimestamp the highest timestamp seen so far, or {@link #NONE}
     * @param records how many records were seen so far
     */
    public SplitWatermark(long boundMillis, long maxTimestamp, long records) {
        this.boundMillis = boundMillis;
        this.maxTimestamp = maxTimestamp;
        this.records = records;
    }

    /** Sees the timestamp of the next record. */
    public void observe(long timestamp) {
        records++;
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
        }
    }

    /** Returns how many more records may be seen before the watermark must be looked at. */
    public int recordsUntilAdvance() {
        return RECORDS_PER_ADVANCE - (int) (records % RECORDS_PER_ADVANCE);
    }

    /** Moves the watermark if the split has come to a place where it may move. */
    public void advanceIfDue() {
        if (records % RECORDS_PER_ADVANCE == 0) {
            advance();
        }
    }

    /** Moves the watermark now: the split is caught up, and no record may come for long. */
    public void advance() {
        if (maxTimestamp != NONE && boundMillis != Long.MAX_VALUE) {
            watermark = Math.max(watermark, maxTimestamp - boundMillis - 1);
        }
    }

    /** Moves the watermark to where the source says that it is, never back. */
    public void raise(long given) {
        watermark = Math.max(watermark, given);
    }

    /** Returns the watermark, or {@link #NONE}. */
    public long watermark() {
        return watermark;
    }

    /** Returns the highest timestamp seen, or {@link #NONE}. */
    public long maxTimestamp() {
        return maxTimestamp;
    }

    /** Returns how many records were seen over the life of the split. */
    public long records() {
        return records;
    }
}
