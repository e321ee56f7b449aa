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
 * in the order of time among its like, which are few.
 *
 * <p>Setting another time for a timer, or clearing it, leaves the old reference behind; it is
 * recognised when it comes up, because the entry itself knows the pending time. While more than
 * half of all references are of that kind, a bucket that is full is cleaned before it may grow. So
 * a timer that is set at each record costs a few references and not one per record.
 */
final class TimerBuckets {
    private static final int BUCKETS = Long.SIZE + 1;

    private final Bucket[] buckets = new Bucket[BUCKETS];

    /** Bit b is set if bucket b + 1 is not empty. */
    private long filled;

    private long reached = Long.MIN_VALUE;

    /** Times before the one reached, sorted. */
    private final Bucket overdue = new Bucket();

    /** Which timers of an entry are these. */
    private final int[] timers;

    private long references;
    private long abandoned;

    TimerBuckets(int[] timers) {
        this.timers = timers;
    }

    /** Returns how many references there are, to pending timers and to those of before. */
    long references() {
        return references;
    }

    /** A timer that was added is not pending any more: it was cleared, or set anew. */
    void abandon() {
        abandoned++;
    }

    /** So many timers were fired because of the reference that was taken last. */
    void fired(int count) {
        abandoned += count - 1;
    }

    void add(long time, Entry entry) {
        references++;
        place(time, entry);
    }

    private void place(long time, Entry entry) {
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
        if (index > 0) {
            if (bucket.size == bucket.times.length && abandoned > references / 2) {
                clean(bucket);
            }
            filled |= 1L << (index - 1);
        }
        bucket.add(time, entry);
    }

    /** Keeps one reference for each pending timer of a bucket, of which none was taken yet. */
    private void clean(Bucket bucket) {
        final int[] found = new int[bucket.size];
        int kept = 0;
        for (int i = 0; i < bucket.size; i++) {
            final long time = bucket.times[i];
            final Entry entry = bucket.entries[i];
            final int timer = timerAt(time, entry);
            if (timer >= 0) {
                entry.timer(timer, Entry.NOT_PENDING); // So that a second one is not kept.
                found[kept] = timer;
                bucket.times[kept] = time;
                bucket.entries[kept] = entry;
                kept++;
            }
        }
        for (int i = 0; i < kept; i++) {
            bucket.entries[i].timer(found[i], bucket.times[i]);
        }
        references -= bucket.size - kept;
        abandoned -= bucket.size - kept;
        bucket.cut(kept);
    }

    private int timerAt(long time, Entry entry) {
        for (int timer : timers) {
            if (entry.timer(timer) == time) {
                return timer;
            }
        }
        return -1;
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
        references--;
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
            place(bucket.times[i], bucket.entries[i]);
        }
        bucket.clear();
    }

    private static final class Bucket {
        private static final int CAPACITY_MIN = 4;

        /** A bucket that was emptied keeps this much room. */
        private static final int CAPACITY_KEPT = 1024;

        /** Enough to keep all lines that a core fetches at a time busy. */
        private static final int LOOK_AHEAD = 32;

        long[] times = new long[CAPACITY_MIN];
        Entry[] entries = new Entry[CAPACITY_MIN];
        int size;
        int taken;

        /** Written so that the compiler cannot leave out what {@link #fetch} reads. */
        long fetched;

        long earliest = Long.MAX_VALUE;

        void add(long time, Entry entry) {
            if (size == times.length) {
                grow();
            }
            times[size] = time;
            entries[size] = entry;
            size++;
            earliest = Math.min(earliest, time);
        }

        private void grow() {
            times = Arrays.copyOf(times, times.length * 2);
            entries = Arrays.copyOf(entries, entries.length * 2);
        }

        /** Forgets all but the first; makes room, so that it is not full again at once. */
        void cut(int kept) {
            Arrays.fill(entries, kept, size, null);
            size = kept;
            earliest = Arrays.stream(times, 0, kept).min().orElse(Long.MAX_VALUE);
            if (size > times.length / 2) {
                grow();
            }
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
            if (taken % LOOK_AHEAD == 0) {
                fetch(Math.min(taken + LOOK_AHEAD, size));
            }
            Entry entry = entries[taken];
            entries[taken++] = null;
            if (taken == size) {
                clear();
            }
            return entry;
        }

        /**
         * Brings entries into the cache. The processor waits for many places of memory at once only
         * if no instruction between them needs the result.
         */
        private void fetch(int end) {
            long seen = 0;
            for (int i = taken; i < end; i++) {
                seen += entries[i].fetched();
            }
            for (int i = taken; i < end; i++) {
                seen += entries[i].fetchedState();
            }
            for (int i = taken; i < end; i++) {
                seen += entries[i].fetchedValues();
            }
            fetched = seen;
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
