package io.headrace.kernel.codec;

/**
 * A {@code Long} in state that changes in place, for what changes with nearly each record: a new
 * {@code Long} in an old array is an allocation and a write barrier. Written as a {@code Long}, and
 * read back as one. Not thread-safe.
 */
public final class MutableLong {
    /** The number. */
    public long value;

    /** Creates one. */
    public MutableLong(long value) {
        this.value = value;
    }

    /** Returns the number that either of the two classes holds. */
    public static long of(Object held) {
        return held instanceof MutableLong mutable ? mutable.value : (Long) held;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
