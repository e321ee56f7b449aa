package io.headrace.state;

/**
 * One value per key that every added value is combined into, by the reducer that it was declared
 * with.
 *
 * <p>Stored as one value; the reducer is not stored.
 *
 * @param <V> the values, and what they are combined into
 */
public interface ReducingState<V> {
    /** Returns the value of the key at hand, or null if nothing was added. Do not change it. */
    V get();

    /**
     * Combines a value with the one that is there: reducer(there, value). The first one is stored
     * as it is.
     *
     * @param value not null
     * @throws IllegalStateException if the reducer returns null or throws a checked exception; what
     *     else it throws comes through
     */
    void add(V value);

    /** Forgets the value. */
    void clear();
}
