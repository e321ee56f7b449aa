package io.headrace.kernel.time;

import io.headrace.connector.WatermarkGenerator;
import java.util.ArrayList;
import java.util.List;

/**
 * The watermark of one split: of records that are out of order by a bound at most, or as its
 * generator says.
 *
 * <p>It moves at every {@value #RECORDS_PER_ADVANCE}th record of the split and nowhere else, so
 * that a record is late, or not, whatever the sizes of polls and whenever the job was restarted.
 * Not thread-safe; saved with the position of the split.
 */
public final class SplitWatermark implements WatermarkGenerator.Progress {
    /** Often enough for timely results, seldom enough to cost nothing per record. */
    public static final int RECORDS_PER_ADVANCE = 256;

    /** What {@link #maxTimestampMillis()} is before the first record. */
    public static final long NONE = Long.MIN_VALUE;

    private final long boundMillis;
    private final WatermarkGenerator<Object> generator;
    private final long[] state;
    private long generated = NONE;
    private long maxTimestamp;
    private long records;
    private long watermark = NONE;

    /**
     * Continues a split.
     *
     * @param boundMillis how much earlier than the highest timestamp a record may be; {@link
     *     Long#MAX_VALUE} if timestamps alone do not move the watermark
     * @param generator says how far the split is; null if there is none
     * @param saved where the split goes on, with {@link #savedLength} numbers of the generator, or
     *     none
     */
    public SplitWatermark(long boundMillis, WatermarkGenerator<Object> generator, SplitTime saved) {
        this.boundMillis = boundMillis;
        this.generator = generator;
        this.maxTimestamp = saved.maxTimestamp();
        this.records = saved.records();
        this.state = new long[generator == null ? 0 : generator.stateLength()];
        if (generator != null && !saved.generator().isEmpty()) {
            this.generated = saved.generator().get(0);
            for (int i = 0; i < state.length; i++) {
                state[i] = saved.generator().get(i + 1);
            }
        }
    }

    /** Returns how many numbers are saved for a generator, which is not null. */
    public static int savedLength(WatermarkGenerator<?> generator) {
        return 1 + generator.stateLength();
    }

    /**
     * Lets the generator, if there is one, see the next record, before {@link #observe} does.
     *
     * @throws Exception what the generator throws, or that it gave the watermark of the end
     */
    public void generate(Object value, long timestamp) throws Exception {
        if (generator == null) {
            return;
        }
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        long given = generator.onRecord(value, timestamp, this);
        if (given == Long.MAX_VALUE) {
            throw new IllegalStateException(
                    "the watermark generator gives Long.MAX_VALUE, which is for the end of the"
                            + " split: return the time of the last record instead");
        }
        generated = Math.max(generated, given);
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
        watermark = Math.max(watermark, generated);
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
    @Override
    public long maxTimestampMillis() {
        return maxTimestamp;
    }

    /** Returns what the generator has said, whether the watermark is there yet or not. */
    @Override
    public long watermarkMillis() {
        return generated;
    }

    @Override
    public long[] state() {
        return state;
    }

    /** Returns what is saved with the position of the split. */
    public SplitTime time() {
        if (generator == null) {
            return new SplitTime(maxTimestamp, records, List.of());
        }
        List<Long> saved = new ArrayList<>(1 + state.length);
        saved.add(generated);
        for (long number : state) {
            saved.add(number);
        }
        return new SplitTime(maxTimestamp, records, saved);
    }
}
