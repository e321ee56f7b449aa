package io.headrace.kernel.checkpoint;

import io.headrace.type.BytesOut;

/**
 * The state of one subtask on its way to a file: one growing buffer per key group.
 *
 * <p>Not thread-safe; may be handed to another thread.
 */
public final class KeyGroupBuffers {
    private final int firstGroup;
    private final int lastGroup;

    /** Creates empty buffers for the key groups of a subtask, both ends included. */
    public KeyGroupBuffers(int firstGroup, int lastGroup) {
        this.firstGroup = firstGroup;
        this.lastGroup = lastGroup;
    }

    /** Returns the first key group. */
    public int firstGroup() {
        return firstGroup;
    }

    /** Returns the last key group. */
    public int lastGroup() {
        return lastGroup;
    }

    /**
     * Adds an entry. The arguments are copied.
     *
     * @param stateId the index of the state in {@link StepSchema#states()}
     * @param userKey the key inside a map, the name of a timer; null where there is none
     */
    public void entry(int group, int stateId, BytesOut key, BytesOut userKey, BytesOut value) {
        throw new UnsupportedOperationException();
    }

    /** Returns how many entries a key group has. */
    public long count(int group) {
        throw new UnsupportedOperationException();
    }
}
