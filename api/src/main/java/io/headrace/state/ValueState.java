package io.headrace.state;

/**
 * One value per key.
 *
 * @param <V> the value
 */
public interface ValueState<V> {
    /** Returns the value of the key at hand, or null if there is none. Do not change it. */
    V get();

    /**
     * Stores a value. A value that was changed in place and not set again may be lost.
     *
     * @param value not null; see {@link #clear()}
     */
    void set(V value);

    /** Forgets the value. */
    void clear();
}
