package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;

/**
 * How much fits between two subtasks, and how much one step does at most. A job has {@link
 * #STANDARD}; a test that wants everything to wait for everything chooses the smallest.
 *
 * @param batchesMax batches on the way from one subtask to another: a power of two
 * @param budget keys fired, or slots swept, per step
 */
public record Limits(int batchesMax, int budget) {
    /** A budget of 1,024 takes about 50 µs. */
    public static final Limits STANDARD = new Limits(Channel.BATCHES_MAX, 1024);

    /** One batch, and one key at a time. */
    public static final Limits SMALLEST = new Limits(1, 1);
}
