package io.headrace.kernel.checkpoint;

import io.headrace.type.BytesOut;

/**
 * The state of one subtask on its way to a file: one growing buffer per key group.
 *
 * <p>Not thread-safe; may be handed to another thread. A key group holds at most 2 GiB.
 */
public final class KeyGroupBuffers {
    /** Small: many key groups have few entries, and a buffer doubles. */
    private static final int INITIAL_BYTES = 64;

    private final int firstGroup;
    private final BytesOut[] buffers;
    private final long[] counts;

    /** Creates empty buffers for the key groups of a subtask, both ends included. */
    public KeyGroupBuffers(int firstGroup, int lastGroup) {
        if (firstGroup < 0 || lastGroup < firstGroup) {
            throw new IllegalArgumentException("key groups " + firstGroup + " to " + lastGroup);
        }
        this.firstGroup = firstGroup;
        this.buffers = new BytesOut[lastGroup - firstGroup + 1];
        this.counts = new long[buffers.length];
    }

    /** Returns the first key group. */
    public int firstGroup() {
        return firstGroup;
    }

    /** Returns the last key group. */
    public int lastGroup() {
        return firstGroup + buffers.length - 1;
    }

    /**
     * Adds an entry. The arguments are copied.
     *
     * @param stateId the index of the state in {@link StepSchema#states()}
     * @param userKey the key inside a map or a series; null where there is none
     */
    public void entry(int group, int stateId, BytesOut key, BytesOut userKey, BytesOut value) {
        int index = group - firstGroup;
        BytesOut out = buffers[index];
        if (out == null) {
            out = new BytesOut(INITIAL_BYTES);
            buffers[index] = out;
        }
        out.writeVarInt(stateId);
        out.writeBoolean(userKey != null);
        append(key, out);
        if (userKey != null) {
            append(userKey, out);
        }
        append(value, out);
        counts[index]++;
    }

    /** Returns how many entries a key group has. */
    public long count(int group) {
        return counts[group - firstGroup];
    }

    /** Returns how many bytes a key group has. */
    public int sizeBytes(int group) {
        BytesOut out = buffers[group - firstGroup];
        return out == null ? 0 : out.size();
    }

    /** Returns the bytes of a key group; only the first {@link #sizeBytes} count. */
    byte[] array(int group) {
        BytesOut out = buffers[group - firstGroup];
        return out == null ? new byte[0] : out.array();
    }

    private static void append(BytesOut part, BytesOut out) {
        out.writeVarInt(part.size());
        out.write(part.array(), 0, part.size());
    }
}
