package io.headrace.engine.store;

import java.util.Arrays;

/**
 * Values in the order of their times, among equal times in the order of insertion. Nearly all are
 * added at the end and removed at the start, which costs O(1) amortised; an insertion in the middle
 * moves what is behind it.
 *
 * <p>A single value stands in the object itself: the series of a window usually has one, and two
 * arrays would cost two more cache misses per record.
 */
final class Series {
    private static final int CAPACITY_MIN = 4;

    /** A firing window looks at a few. */
    private static final int FETCHED_MAX = 8;

    /** A cache that belongs to the values; see {@code SeriesState.cache}. */
    Object cache;

    /** The only value, while there are no arrays. */
    private Object only;

    private long onlyTime;

    /** Null while there was never more than one value. */
    private long[] times;

    private Object[] values;
    private int first;
    private int size;

    int size() {
        return size;
    }

    /** Reads from the arrays; see {@link Entry#fetched}. */
    long fetched() {
        return times == null || size == 0
                ? onlyTime
                : times[first] + (values[first] == null ? 0 : 1);
    }

    /** Reads from each of the first values; see {@link Entry#fetched}. */
    long fetchedValues() {
        if (times == null) {
            return only instanceof Series ? 1 : 0; // A look at its class is one at the object.
        }
        long seen = 0;
        for (int i = first; i < first + Math.min(size, FETCHED_MAX); i++) {
            seen += values[i] instanceof Series ? 1 : 0;
        }
        return seen;
    }

    long time(int index) {
        return times == null ? onlyTime : times[first + index];
    }

    Object value(int index) {
        return times == null ? only : values[first + index];
    }

    void set(int index, Object value) {
        if (value(index) == value) {
            return; // The usual value was changed in place: no write barrier.
        }
        if (times == null) {
            only = value;
        } else {
            values[first + index] = value;
        }
    }

    int find(long time) {
        if (times == null) {
            return size == 1 && onlyTime == time ? 0 : -1;
        }
        int at = first + size - 1;
        while (at >= first && times[at] > time) {
            at--;
        }
        return at >= first && times[at] == time ? at - first : -1;
    }

    int insert(long time, Object value) {
        if (times == null) {
            if (size == 0) {
                only = value;
                onlyTime = time;
                size = 1;
                return 0;
            }
            makeArrays();
        }
        if (first + size == times.length) {
            makeRoom();
        }
        int at = first + size;
        while (at > first && times[at - 1] > time) {
            times[at] = times[at - 1];
            values[at] = values[at - 1];
            at--;
        }
        times[at] = time;
        values[at] = value;
        size++;
        return at - first;
    }

    private void makeArrays() {
        times = new long[CAPACITY_MIN];
        values = new Object[CAPACITY_MIN];
        times[0] = onlyTime;
        values[0] = only;
        only = null;
    }

    /** Removes a value: those before it move up. */
    void remove(int index) {
        if (times != null) {
            System.arraycopy(times, first, times, first + 1, index);
            System.arraycopy(values, first, values, first + 1, index);
        }
        removeFirst(1);
    }

    void removeFirst(int count) {
        if (times == null) {
            only = count > 0 ? null : only;
        } else {
            Arrays.fill(values, first, first + count, null);
            first += count;
        }
        size -= count;
        if (size == 0) {
            first = 0;
        }
    }

    /** Moves the values to the start, into larger or smaller arrays if they need or waste room. */
    private void makeRoom() {
        int capacity = Math.max(CAPACITY_MIN, size + (size >> 1) + 1);
        long[] oldTimes = times;
        Object[] oldValues = values;
        if (capacity > times.length || capacity * 4 < times.length) {
            times = new long[capacity];
            values = new Object[capacity];
        }
        System.arraycopy(oldTimes, first, times, 0, size);
        System.arraycopy(oldValues, first, values, 0, size);
        if (values == oldValues) {
            Arrays.fill(values, size, values.length, null);
        }
        first = 0;
    }
}
