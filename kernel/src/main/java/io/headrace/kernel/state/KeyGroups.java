package io.headrace.kernel.state;

/**
 * Which key group a key belongs to and which subtask owns a key group. Frozen: checkpoints are
 * split by it, and it equals what Apache Flink computes, so that group n is group n on both.
 *
 * <p>The number of key groups is a power of two from 1 to {@link #GROUPS_MAX}; the parallelism is
 * from 1 to the number of groups.
 */
public final class KeyGroups {
    /** The number of key groups unless a job chooses another. */
    public static final int GROUPS_DEFAULT = 128;

    /** The most key groups: Flink's limit of the maximum parallelism. */
    public static final int GROUPS_MAX = 1 << 15;

    private KeyGroups() {}

    /** Returns the key group of a key whose stable hash is given. */
    public static int group(int hash, int groups) {
        assert groups > 0 && Integer.bitCount(groups) == 1 && groups <= GROUPS_MAX : groups;
        return murmur(hash) & (groups - 1);
    }

    /** Returns the subtask that owns a key group. */
    public static int subtask(int group, int parallelism, int groups) {
        assert group >= 0 && group < groups : group;
        assert parallelism > 0 && parallelism <= groups : parallelism;
        return group * parallelism / groups;
    }

    /** Returns the first key group of a subtask. */
    public static int firstGroup(int subtask, int parallelism, int groups) {
        assert subtask >= 0 && subtask < parallelism && parallelism <= groups : subtask;
        return (subtask * groups + parallelism - 1) / parallelism;
    }

    /** Returns the last key group of a subtask. */
    public static int lastGroup(int subtask, int parallelism, int groups) {
        assert subtask >= 0 && subtask < parallelism && parallelism <= groups : subtask;
        return ((subtask + 1) * groups - 1) / parallelism;
    }

    /** MurmurHash3 for 32 bits of one 4-byte block with seed 0, made non-negative as Flink does. */
    private static int murmur(int hash) {
        int code = hash * 0xCC9E2D51;
        code = Integer.rotateLeft(code, 15);
        code *= 0x1B873593;
        code = Integer.rotateLeft(code, 13);
        code = code * 5 + 0xE6546B64;
        code ^= 4;
        code ^= code >>> 16;
        code *= 0x85EBCA6B;
        code ^= code >>> 13;
        code *= 0xC2B2AE35;
        code ^= code >>> 16;
        if (code >= 0) {
            return code;
        }
        return code == Integer.MIN_VALUE ? 0 : -code;
    }
}
