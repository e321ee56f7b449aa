package io.headrace.kernel.state;

/**
 * Values of a key in the order of their times; among equal times, of their insertion. Indexes run
 * from 0, the earliest.
 *
 * @param <V> the values
 */
public interface SeriesState<V> {
    /** Returns how many values there are. */
    int size();

    /** Returns the time of a value. */
    long time(int index);

    /** Returns a value. */
    V value(int index);

    /** Returns the index of the last value of a time, or −1. Quick if it is among the latest. */
    int find(long time);

    /**
     * Inserts a value behind all that are not later.
     *
     * @return its index
     */
    int insert(long time, V value);

    /**
     * Replaces a value, or says that it was changed in place: without this the change may be lost.
     */
    void set(int index, V value);

    /** Removes a value. */
    void remove(int index);

    /** Removes the first {@code count} values. */
    void removeFirst(int count);

    /** Returns what {@link #cache(Object)} kept, or null: caches are not saved. */
    Object cache();

    /** Keeps an object beside the series until the series is empty, or until a restore. */
    void cache(Object cache);
}
