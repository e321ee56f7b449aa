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
 * <p>It has no state: the owner drains it before a barrier and any other control passes, and before
 * a watermark that {@link #mustPrecede closes} a window of what is here. So each record arrives
 * between the same two barriers of its subtask as it would on its own, and is late or not by the
 * watermark of the window, which alone decides.
 *
 * <p>A key that comes once would cost an accumulator and spare nothing. So only a key that is
 * frequent is aggregated; the records of the others go on as they are. Which is frequent is voted
 * on in each slot: a record votes for its own key and slice if the slot is theirs, and else against
 * whatever the slot belongs to, which loses it when no vote is left. After R. S. Boyer and J S.
 * Moore, "MJRTY: A Fast Majority Vote Algorithm", 1991; here in many slots at once.
 *
 * <p><b>Threading.</b> Belongs to one subtask.
 */
public final class LocalAggregate {
    /** Accumulators between two drains: they stay in the caches of a core. */
    public static final int ENTRIES_MAX = 1024;

    /** A power of two, as many as keys can be frequent. */
    private static final int SLOTS = 1024;

    /** So many votes make a key frequent: uniform keys seldom get them, a hot one at once. */
    static final int VOTES_FREQUENT = 3;

    /** A key that is frequent loses its slot after so many others, so that keys may change. */
    private static final int VOTES_MAX = 16;

    /** Leaves as many bits of an int as a slot number has. */
    private static final int SHIFT = Integer.numberOfLeadingZeros(SLOTS - 1);

    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final String step;
    private final Aggregator<Object, Object, Object> aggregator;
    private final WindowTimes times;
    private final int[] owners = new int[SLOTS];
    private final byte[] votes = new byte[SLOTS];
    private final PartialAggregate[] slots = new PartialAggregate[SLOTS];
    private final PartialAggregate[] entries = new PartialAggregate[ENTRIES_MAX];
    private int size;
    private long currentStart = Long.MIN_VALUE;
    private long currentEnd = Long.MIN_VALUE;
    private long earliestEnd = Long.MAX_VALUE;

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
        assert !isFull() : "a full table was not drained";
        if (timestamp < currentStart || timestamp >= currentEnd) {
            currentStart = times.sliceStart(timestamp);
            currentEnd = times.sliceEnd(currentStart);
        }
        final int owner = hash ^ (int) (currentStart ^ currentStart >>> Integer.SIZE);
        final int slot = owner * GOLDEN_RATIO >>> SHIFT;
        if (owners[slot] != owner) {
            voteAgainst(slot, owner);
            return false;
        }
        if (votes[slot] < VOTES_MAX && ++votes[slot] < VOTES_FREQUENT) {
            return false;
        }
        final PartialAggregate partial = slots[slot];
        if (partial != null && partial.isOf(key, hash, currentStart)) {
            grow(partial, value, timestamp);
        } else {
            slots[slot] = new PartialAggregate(key, hash, currentStart, value, timestamp);
            entries[size++] = slots[slot];
            earliestEnd = Math.min(earliestEnd, currentEnd);
        }
        return true;
    }

    private void voteAgainst(int slot, int owner) {
        if (--votes[slot] <= 0) {
            owners[slot] = owner;
            votes[slot] = 1;
        }
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

    /**
     * Returns whether a watermark may close a window to which something here belongs. Behind any
     * other watermark it comes early enough.
     */
    public boolean mustPrecede(long watermark) {
        return size > 0 && watermark >= earliestEnd - 1;
    }

    /** Returns whether it has room for no further key. */
    public boolean isFull() {
        return size == ENTRIES_MAX;
    }

    /** Gives away all accumulators, in the order of their first records. */
    public void drainTo(Consumer<PartialAggregate> target) {
        final int count = size;
        size = 0;
        earliestEnd = Long.MAX_VALUE;
        Arrays.fill(slots, null);
        for (int i = 0; i < count; i++) {
            target.accept(entries[i]);
            entries[i] = null;
        }
    }
}
