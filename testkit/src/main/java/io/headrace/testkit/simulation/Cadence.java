package io.headrace.testkit.simulation;

/**
 * Holds how seldom checkpoints may be: while records are read, one is completed within the interval
 * and the time that a checkpoint takes. So no more than that is ever read again. Time that jumps
 * while nobody has anything to do is not counted.
 */
final class Cadence {
    /**
     * So many of the longest steps take a fair scheduler through a checkpoint of the longest
     * pipeline: one in 10,000 schedules needs half of them, and each tenth more a third as many.
     */
    private static final int STEPS_PER_CHECKPOINT = 600;

    /**
     * So many times longer it takes where tables are written in many slices: the slowest of 30,000
     * schedules needs a quarter, in the pipeline that keeps the tables of seven kinds of windows.
     */
    private static final int SLICES = 8;

    private final long limitNanos;
    private final boolean held;
    private long sinceNanos = -1;
    private long recordsRead;

    /**
     * Begins with an execution.
     *
     * @param held whether nothing holds checkpoints up
     */
    Cadence(World.Pacing pacing, boolean held) {
        int steps = pacing.slices() ? SLICES * STEPS_PER_CHECKPOINT : STEPS_PER_CHECKPOINT;
        this.limitNanos = pacing.intervalNanos() + steps * pacing.stepNanos();
        this.held = held;
    }

    /** A step was taken. */
    void step(long workedNanos, long read, boolean completed) {
        if (sinceNanos < 0 || completed || read == recordsRead) {
            sinceNanos = workedNanos;
            recordsRead = read;
        }
        long overdueNanos = workedNanos - sinceNanos - limitNanos;
        SimulationFailure.require(
                !held || overdueNanos <= 0,
                "a checkpoint is overdue by %d ns, limit %d ns",
                overdueNanos,
                limitNanos);
    }
}
