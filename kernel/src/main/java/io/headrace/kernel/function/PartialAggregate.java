package io.headrace.kernel.function;

import io.headrace.function.Aggregator;

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
    private long count = 1;
    private Object latest;
    private long timestamp;

    /** Begins with a record that may stay alone: there is no accumulator yet. */
    PartialAggregate(Object key, int hash, long sliceStart, Object value, long timestamp) {
        this.key = key;
        this.hash = hash;
        this.sliceStart = sliceStart;
        this.latest = value;
        this.timestamp = timestamp;
    }

    /** Returns the key of the records. */
    public Object key() {
        return key;
    }

    /** Returns the stable hash of the key. */
    public int hash() {
        return hash;
    }

    /** Returns the timestamp of the record that was added last. */
    public long timestamp() {
        return timestamp;
    }

    /** Returns what goes over the exchange: this, or the record if it stayed alone. */
    public Object sent() {
        return count == 1 ? latest : this;
    }

    Object accumulator() {
        return accumulator;
    }

    /** Returns how many records it stands for. */
    long count() {
        return count;
    }

    /** Returns the record that was added last: shown in the place of all if they are late. */
    Object latest() {
        return latest;
    }

    boolean isOf(Object otherKey, int otherHash, long otherStart) {
        return hash == otherHash && sliceStart == otherStart && key.equals(otherKey);
    }

    void add(Aggregator<Object, Object, Object> aggregator, Object value, long at)
            throws Exception {
        if (count == 1) {
            accumulator = aggregator.add(aggregator.create(), latest);
        }
        accumulator = aggregator.add(accumulator, value);
        count++;
        latest = value;
        timestamp = at;
    }
}
