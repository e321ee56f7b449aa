package io.headrace.engine.store;

import java.util.Arrays;

/**
 * The pending timers of a step: a radix heap, which is a priority queue for times that only grow.
 *
 * <p>Bucket 0 holds what is due at the time that was reached last; bucket b holds the times that
 * differ from it first in bit b − 1, counted from the lowest. Later times are in higher buckets, so
 * that the next bucket is dealt out to lower ones only when those are empty. A timer moves at most
 * once per bit, and in practice two or three times, always in order through arrays; a tree would
 * cost a cache miss per level. Equal times keep the order of their insertion. After R. Ahuja et
 * al., "Faster Algorithms for the Shortest Path Problem", JACM 37(2), 1990.
 *
 * <p>A time before the one reached last is overdue: it fires in this pass, before all others, and
 * in the order of time among its like, which are few. Setting another time for a timer leaves the
 * old one behind; it is recognised when it comes up, because the entry itself knows the pending
 * time.
 */
final class TimerBuckets {
    private static final int BUCKETS = Long.SIZE + 1;

    private final Bucket[] buckets = new Bucket[BUCKETS];

    /** Bit b is set if bucket b + 1 is not empty. */
    private long filled;

    private long reached = Long.MIN_VALUE;

    /** Times before the one reached, sorted. */
    private final Bucket overdue = new Bucket();

    void add(long time, Entry entry) {
        if (time < reached) {
            overdue.addSorted(time, entry);
            return;
        }
        int index = index(time);
        Bucket bucket = buckets[index];
        if (bucket == null) {
            bucket = new Bucket();
            buckets[index] = bucket;
        }
        bucket.add(time, entry);
        if (index > 0) {
            filled |= 1L << (index - 1);
        }
    }

    /** Flipping the sign bit makes no difference between two times: both have it flipped. */
    private int index(long time) {
        return time == reached ? 0 : Long.SIZE - Long.numberOfLeadingZeros(time ^ reached);
    }

    /** Returns the time of the next timer, which may not be pending any more. */
    long nextTime() {
        if (overdue.taken < overdue.size) {
            return overdue.times[overdue.taken];
        }
        Bucket due = buckets[0];
        if (due != null && due.taken < due.size) {
            return due.times[due.taken];
        }
        return filled == 0
                ? Entry.NOT_PENDING
                : buckets[Long.numberOfTrailingZeros(filled) + 1].earliest;
    }

    /** Removes the next timer and returns its entry. There is one. */
    Entry next() {
        if (overdue.taken < overdue.size) {
            return overdue.take();
        }
        Bucket due = buckets[0];
        if (due == null || due.taken == due.size) {
            dealOut(Long.numberOfTrailingZeros(filled) + 1);
            due = buckets[0];
        }
        return due.take();
    }

    /** Reaches the earliest time of a bucket; all of the bucket then belongs into lower ones. */
    private void dealOut(int index) {
        Bucket bucket = buckets[index];
        reached = bucket.earliest;
        filled &= ~(1L << (index - 1));
        for (int i = 0; i < bucket.size; i++) {
            add(bucket.times[i], bucket.entries[i]);
        }
        bucket.clear();
    }

    private static final class Bucket {
        private static final int CAPACITY_MIN = 4;

        /** A bucket that was emptied keeps this much room. */
        private static final int CAPACITY_KEPT = 1024;

        long[] times = new long[CAPACITY_MIN];
        Entry[] entries = new Entry[CAPACITY_MIN];
        int size;
        int taken;
        long earliest = Long.MAX_VALUE;

        void add(long time, Entry entry) {
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                entries = Arrays.copyOf(entries, size * 2);
            }
            times[size] = time;
            entries[size] = entry;
            size++;
            earliest = Math.min(earliest, time);
        }

        void addSorted(long time, Entry entry) {
            add(time, entry);
            int at = size - 1;
            while (at > taken && times[at - 1] > time) {
                times[at] = times[at - 1];
                entries[at] = entries[at - 1];
                at--;
            }
            times[at] = time;
            entries[at] = entry;
        }

        Entry take() {
            Entry entry = entries[taken];
            entries[taken++] = null;
            if (taken == size) {
                clear();
            }
            return entry;
        }

        void clear() {
            if (times.length > CAPACITY_KEPT) {
                times = new long[CAPACITY_MIN];
                entries = new Entry[CAPACITY_MIN];
            } else {
                Arrays.fill(entries, 0, size, null);
            }
            size = 0;
            taken = 0;
            earliest = Long.MAX_VALUE;
        }
    }
}
