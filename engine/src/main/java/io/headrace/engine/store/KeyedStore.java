package io.headrace.engine.store;

import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.StateLayout;

/**
 * The state of one subtask of a step, in memory.
 *
 * <p><b>Snapshot.</b> There is no pause: {@link #startSnapshot} only marks the moment. From then on
 * what a key has is written when the key is touched for the first time, before it can change, and a
 * {@link #sweep} in slices writes the others. Keys born meanwhile are not part of the snapshot. The
 * result is the state of the moment of {@code startSnapshot}.
 *
 * <p>One thread.
 */
public interface KeyedStore extends KeyedState {
    /**
     * Creates an empty store of the kind that suits a layout best.
     *
     * @param cachedKeys up to so many keys it is not {@link #isLarge large}
     */
    static KeyedStore of(StateLayout layout, EntryCodec codec, int cachedKeys) {
        return LongState.suits(layout)
                ? new LongState(layout, codec, cachedKeys)
                : new TableState(layout, codec, cachedKeys);
    }

    /** Returns how many keys have state. */
    long size();

    /** Begins a snapshot of this moment; every key of now goes to the target. */
    void startSnapshot(KeyGroupBuffers target);

    /**
     * Writes a part of the keys that were not touched.
     *
     * @return whether there are more; if not, the target is complete
     */
    boolean sweep(int slots);
}
