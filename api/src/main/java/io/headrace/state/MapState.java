package io.headrace.state;

import java.util.Map;

/**
 * A map per key.
 *
 * @param <U> the keys inside the map; their type is frozen once state was written
 * @param <V> the values
 */
public interface MapState<U, V> {
    /** Returns the value of a key inside the map, or null. Do not change it. */
    V get(U key);

    /** Stores a value; neither is null. */
    void put(U key, V value);

    /** Forgets one entry, if it is there. */
    void remove(U key);

    /** Returns all entries in no promised order; valid until the next change. */
    Iterable<Map.Entry<U, V>> entries();

    /** Returns whether there is no entry. */
    boolean isEmpty();

    /** Forgets all entries. */
    void clear();
}
