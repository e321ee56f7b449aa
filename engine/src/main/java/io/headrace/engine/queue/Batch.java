package io.headrace.engine.queue;

/**
 * The only thing on an edge: records, and control that holds behind them. Owned by one thread at a
 * time; recycled.
 */
public final class Batch {
    /**
     * Records in a full batch: enough to hide the cost of the ring, few enough for the L1 cache.
     */
    public static final int RECORDS_MAX = 512;

    /** No change of idleness. */
    public static final byte UNCHANGED = 0;

    /** The producer has become idle: it does not hold back time. */
    public static final byte IDLE = 1;

    /** The producer is active again. */
    public static final byte ACTIVE = 2;

    /** The records. */
    public final Object[] values = new Object[RECORDS_MAX];

    /** Their timestamps. */
    public final long[] timestamps = new long[RECORDS_MAX];

    /** How many records there are. */
    public int size;

    /** The watermark behind the records, or {@link Long#MIN_VALUE}. */
    public long watermark = Long.MIN_VALUE;

    /** The change of idleness behind the watermark. */
    public byte idleness;

    /** If the producer has become idle, the highest watermark of what is. */
    public long idleReached = Long.MIN_VALUE;

    /** Whether no record follows. */
    public boolean end;

    /** The checkpoint whose barrier stands behind everything else, or 0. */
    public long barrier;

    /** Returns whether there is nothing in it. */
    public boolean isEmpty() {
        return size == 0 && !hasControl();
    }

    /** Returns whether control follows the records, so that no record may be added. */
    public boolean hasControl() {
        return watermark != Long.MIN_VALUE || idleness != UNCHANGED || end || barrier != 0;
    }

    /** Makes it empty; the records are let go. */
    public void clear() {
        java.util.Arrays.fill(values, 0, size, null);
        size = 0;
        watermark = Long.MIN_VALUE;
        idleness = UNCHANGED;
        idleReached = Long.MIN_VALUE;
        end = false;
        barrier = 0;
    }
}
