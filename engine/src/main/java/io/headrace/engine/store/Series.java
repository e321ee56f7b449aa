package io.headrace.engine.store;

import java.util.Arrays;

/**
 * Values in the order of their times, among equal times in the order of insertion. Nearly all are
 * added at the end and removed at the start, which costs O(1) amortised; an insertion in the middle
 * moves what is behind it.
 */
final class Series {
    private static final int CAPACITY_MIN = 4;

    /** A cache that belongs to the values; see {@code SeriesState.cache}. */
    Object cache;

    private long[] times = new long[CAPACITY_MIN];
    private Object[] values = new Object[CAPACITY_MIN];
    private int first;
    private int size;

    int size() {
        return size;
    }

    long time(int index) {
        return times[first + index];
    }

    Object value(int index) {
        return values[first + index];
    }

    void set(int index, Object value) {
        if (values[first + index] != value) { // The usual value was changed in place: no barrier.
            values[first + index] = value;
        }
    }

    int insert(long time, Object value) {
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

    void removeFirst(int count) {
        Arrays.fill(values, first, first + count, null);
        first += count;
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
