package io.headrace.state;

import java.util.List;

/**
 * Values per key in the order of their times; among equal times, of their adding.
 *
 * <p>Adding at the end and removing at the start take constant time, a range takes the logarithm of
 * the size to find; adding in the middle moves what is later. A list that is returned is a view:
 * valid until the next change, and only in the call of the function.
 *
 * @param <V> the values
 */
public interface TimeSeries<V> {
    /**
     * Adds a value behind all that are not later.
     *
     * @param time any number; usually milliseconds since 1970-01-01T00:00Z
     * @param value not null; do not change it afterwards
     */
    void add(long time, V value);

    /**
     * Returns the values of a range of time. Never null; empty if {@code from} is not before {@code
     * to}.
     *
     * @param from the first time that belongs to it
     * @param to the first time behind it
     */
    List<TimedValue<V>> range(long from, long to);

    /** Returns all values. Never null. */
    List<TimedValue<V>> all();

    /** Returns how many values there are. */
    int size();

    /** Removes the values that are earlier than a time. */
    void removeBefore(long time);

    /** Removes all values. */
    void clear();
}
