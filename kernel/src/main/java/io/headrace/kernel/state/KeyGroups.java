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

    /**
     * Returns a hash whose group is given: for keys that are placed by themselves.
     *
     * @param member tells the hashes of a group from each other; 0 to {@link #GROUPS_MAX} - 1
     */
    public static int hash(int group, int member, int groups) {
        assert group >= 0 && group < groups && groups <= GROUPS_MAX : group;
        assert member >= 0 && member < GROUPS_MAX : member;
        return unmixed(member * groups + group);
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

    /** Undoes {@link #murmur}, whose every step is one to one, for what is not negative. */
    private static int unmixed(int code) {
        int hash = code;
        hash ^= hash >>> 16;
        hash *= inverse(0xC2B2AE35);
        hash ^= hash >>> 13 ^ hash >>> 26;
        hash *= inverse(0x85EBCA6B);
        hash ^= hash >>> 16;
        hash ^= 4;
        hash = (hash - 0xE6546B64) * inverse(5);
        hash = Integer.rotateRight(hash, 13);
        hash *= inverse(0x1B873593);
        hash = Integer.rotateRight(hash, 15);
        return hash * inverse(0xCC9E2D51);
    }

    /** Returns what an odd number times is 1: each turn doubles the bits that are right, from 3. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int bits = 3; bits < Integer.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
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
