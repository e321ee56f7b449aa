package io.headrace.state;

/**
 * One accumulator per key, with the aggregator that it was declared with.
 *
 * <p>The accumulator is stored, the results are not. State of an aggregator of another name is
 * refused.
 *
 * @param <T> the values that are added
 * @param <R> the result
 */
public interface AggregatingState<T, R> {
    /**
     * Returns the result of what was added to the key at hand, or null if nothing was. Computed at
     * each call.
     *
     * @throws IllegalStateException if the aggregator throws a checked exception; what else it
     *     throws comes through
     */
    R get();

    /**
     * Adds a value.
     *
     * @param value not null
     * @throws IllegalStateException as for {@link #get()}
     */
    void add(T value);

    /** Forgets everything that was added. */
    void clear();
}
