package io.headrace.engine.tasklet;

/**
 * How far a source subtask is, for others to see: written by its worker, read by any thread.
 *
 * <p>The slowest timestamp is what sources are aligned by: it is that of the split which is
 * furthest behind, so that the slowest split itself never has to wait.
 */
public final class SourceProgress {
    /** The slowest timestamp of a subtask that holds nobody back. */
    public static final long NOT_HOLDING = Long.MAX_VALUE;

    private volatile long slowestTimestamp = NOT_HOLDING;
    private volatile long watermark = Long.MIN_VALUE;
    private volatile boolean idle;
    private volatile long maxTimestamp = Long.MIN_VALUE;

    /** Returns the highest timestamp of the split that is furthest behind. */
    public long slowestTimestamp() {
        return slowestTimestamp;
    }

    /** Returns the watermark of the subtask. */
    public long watermark() {
        return watermark;
    }

    /** Returns whether all of its splits are idle. */
    boolean idle() {
        return idle;
    }

    /** Returns the highest timestamp of any of its splits. */
    public long maxTimestamp() {
        return maxTimestamp;
    }

    void slowestTimestamp(long value) {
        slowestTimestamp = value;
    }

    void watermark(long value) {
        watermark = value;
    }

    void idle(boolean value) {
        idle = value;
    }

    void maxTimestamp(long value) {
        if (value > maxTimestamp) {
            maxTimestamp = value;
        }
    }
}
