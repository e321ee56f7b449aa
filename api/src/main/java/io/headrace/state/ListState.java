package io.headrace.state;

/**
 * A list per key, in the order of adding.
 *
 * @param <V> the elements
 */
public interface ListState<V> {
    /** Returns the elements; valid until the next change. Never null, empty if there are none. */
    Iterable<V> get();

    /** Returns how many elements there are. */
    int size();

    /** Adds an element, which is not null, at the end. */
    void add(V value);

    /** Replaces all elements. */
    void set(Iterable<? extends V> values);

    /** Forgets all elements. */
    void clear();
}
