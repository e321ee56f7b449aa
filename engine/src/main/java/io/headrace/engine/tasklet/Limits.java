package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;

/**
 * How much fits between two subtasks, and how much one step does at most. A job has {@link
 * #STANDARD}; a test that wants everything to wait for everything chooses the smallest.
 *
 * @param batchesMax batches on the way from one subtask to another: a power of two
 * @param budget keys fired, or slots swept, per step
 * @param cachedKeys how many keys a step has at most when its lookups need no help; see {@link
 *     io.headrace.kernel.state.KeyedState#isLarge}
 */
public record Limits(int batchesMax, int budget, int cachedKeys) {
    /**
     * A budget of 1,024 takes about 50 µs; 65,536 keys, at 100 bytes or more each, do not fit into
     * the caches of one core.
     */
    public static final Limits STANDARD = new Limits(Channel.BATCHES_MAX, 1024, 1 << 16);

    /** One batch, one key at a time, and no state that fits into a cache. */
    public static final Limits SMALLEST = new Limits(1, 1, 0);
}
