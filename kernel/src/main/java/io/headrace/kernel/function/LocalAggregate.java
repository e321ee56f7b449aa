package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.StepFailure;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The local half of a windowed aggregate in two phases: aggregates records before an exchange, one
 * accumulator per key and slice, until its owner drains it.
 *
 * <p>It has no state: the owner drains it before a watermark, a barrier or any other control
 * passes. So each record arrives between the same two watermarks and barriers of its subtask as it
 * would on its own, and is late or not by the watermark of the window, which alone decides.
 *
 * <p>Where keys hardly repeat, a table costs more than it spares: after {@link #TRIAL_RECORDS} that
 * did not shrink to half as many accumulators it takes none of the next {@link #PAUSE_RECORDS}, and
 * then tries again, because keys change with the time of day. Uniform keys thus pay for one record
 * in 17.
 *
 * <p><b>Threading.</b> Belongs to one subtask.
 */
public final class LocalAggregate {
    /** Accumulators in the table: it stays in the caches of a core, and a drain stays short. */
    public static final int ENTRIES_MAX = 1024;

    /** Enough records to see eight of each key, if the table is filled by them. */
    static final int TRIAL_RECORDS = 8 * ENTRIES_MAX;

    static final int PAUSE_RECORDS = 16 * TRIAL_RECORDS;

    /** Sparing one record in so many is worth the table. */
    private static final int SPARED_SHARE = 4;

    /** At most half full, so that a free slot is near. */
    private static final int SLOTS = 2 * ENTRIES_MAX;

    /** Leaves as many bits of an int as a slot number has. */
    private static final int SHIFT = Integer.numberOfLeadingZeros(SLOTS - 1);

    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final String step;
    private final Aggregator<Object, Object, Object> aggregator;
    private final WindowTimes times;
    private final PartialAggregate[] slots = new PartialAggregate[SLOTS];
    private final PartialAggregate[] entries = new PartialAggregate[ENTRIES_MAX];
    private int size;
    private long currentStart = Long.MIN_VALUE;
    private long currentEnd = Long.MIN_VALUE;
    private int tried;
    private int drained;
    private int pause;

    /** Creates the local half of a windowed aggregate whose windows have slices. */
    public LocalAggregate(Step.Window step) {
        this.step = step.name();
        this.aggregator = step.aggregator();
        this.times = WindowTimes.of(step.windows());
    }

    /**
     * Takes a record, unless it should go on as it is.
     *
     * @param hash the stable hash of the key
     * @return whether it was taken; if then {@link #isFull}, it must be drained before the next one
     */
    public boolean add(Object key, int hash, Object value, long timestamp) {
        if (pause > 0) {
            pause--;
            return false;
        }
        assert !isFull() : "a full table was not drained";
        if (timestamp < currentStart || timestamp >= currentEnd) {
            currentStart = times.sliceStart(timestamp);
            currentEnd = times.sliceEnd(currentStart);
        }
        tried++;
        int at = (hash ^ (int) currentStart) * GOLDEN_RATIO >>> SHIFT;
        while (slots[at] != null) {
            if (slots[at].isOf(key, hash, currentStart)) {
                grow(slots[at], value, timestamp);
                return true;
            }
            at = at + 1 & SLOTS - 1;
        }
        slots[at] = new PartialAggregate(key, hash, currentStart, value, timestamp);
        entries[size++] = slots[at];
        return true;
    }

    private void grow(PartialAggregate partial, Object value, long timestamp) {
        try {
            partial.add(aggregator, value, timestamp);
        } catch (Exception failed) {
            throw new StepFailure(step, partial.key(), value, failed);
        }
    }

    /** Returns whether there is nothing to drain. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns whether it has room for no further key. */
    public boolean isFull() {
        return size == ENTRIES_MAX;
    }

    /** Gives away all accumulators, in the order of their first records. */
    public void drainTo(Consumer<PartialAggregate> target) {
        final int count = size;
        size = 0;
        Arrays.fill(slots, null);
        for (int i = 0; i < count; i++) {
            target.accept(entries[i]);
            entries[i] = null;
        }
        drained += count;
        if (tried >= TRIAL_RECORDS) {
            pause = tried - drained < tried / SPARED_SHARE ? PAUSE_RECORDS : 0;
            tried = 0;
            drained = 0;
        }
    }
}
