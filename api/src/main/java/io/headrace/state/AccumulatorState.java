package io.headrace.state;

/**
 * One mutable value per key, changed in place.
 *
 * @param <A> the value
 */
public interface AccumulatorState<A> {
    /** Returns the value of the key at hand, or null. It may be changed until the call ends. */
    A edit();

    /** Stores a value, which is not null. */
    void set(A value);

    /** Forgets the value. */
    void clear();
}
