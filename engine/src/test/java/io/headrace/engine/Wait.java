package io.headrace.engine;

import io.headrace.Job;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, without sleeping for a guessed time. */
public final class Wait {
    private static final long NANOS_MAX = 20_000_000_000L;

    private Wait() {}

    /** Returns once the condition holds; fails after 20 seconds. */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > NANOS_MAX) {
                throw new AssertionError("it never came to this: " + what);
            }
            Thread.yield();
        }
    }

    /**
     * Returns the number of a job's checkpoints, once there are more than those known before it was
     * started. Asked after the start, the number may be the last one: a job that has nothing to do
     * takes no checkpoints.
     */
    public static long untilCheckpoint(Job job, long known) {
        until("a checkpoint", () -> job.metrics().checkpoints() > known);
        return job.metrics().checkpoints();
    }
}
