package io.headrace.kernel.function;

/**
 * What records of one key and one slice have been aggregated to before an exchange. It takes their
 * place on the way to the {@code keyBy} and the window behind it, and nowhere else.
 *
 * <p>Filled by the subtask before the exchange; once it was sent it belongs, with its accumulator,
 * to the one that takes it.
 */
public final class PartialAggregate {
    private final Object key;
    private final int hash;
    private final long sliceStart;
    private Object accumulator;
    private long count;
    private Object latest;
    private long timestamp;

    PartialAggregate(Object key, int hash, long sliceStart, Object accumulator) {
        this.key = key;
        this.hash = hash;
        this.sliceStart = sliceStart;
        this.accumulator = accumulator;
    }

    /** Returns the key of the records. */
    public Object key() {
        return key;
    }

    /** Returns the stable hash of the key. */
    public int hash() {
        return hash;
    }

    /** Returns the timestamp of the latest record that was added. */
    public long timestamp() {
        return timestamp;
    }

    Object accumulator() {
        return accumulator;
    }

    /** Returns how many records it stands for. */
    long count() {
        return count;
    }

    /** Returns the record that was added last: shown in its place if they are late. */
    Object latest() {
        return latest;
    }

    boolean isOf(Object otherKey, int otherHash, long otherStart) {
        return hash == otherHash && sliceStart == otherStart && key.equals(otherKey);
    }

    void added(Object grown, Object value, long at) {
        accumulator = grown;
        count++;
        latest = value;
        timestamp = at;
    }
}
