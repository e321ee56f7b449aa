package io.headrace.engine.store;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pending timers of a step: a bucket of entries per time. Setting another time for a timer
 * leaves the old one behind in its bucket; it is recognised when the bucket is fired, because the
 * entry itself knows the pending time.
 */
final class TimerBuckets {
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();

    /** The bucket that was added to last: many timers have the same time. */
    private long lastTime = Entry.NOT_PENDING;

    private Bucket lastBucket;

    void add(long time, Entry entry) {
        if (time != lastTime || lastBucket == null) {
            lastBucket = buckets.computeIfAbsent(time, unused -> new Bucket());
            lastTime = time;
        }
        lastBucket.add(entry);
    }

    /** Returns the earliest time of a bucket, which may have no pending timer any more. */
    long nextTime() {
        return buckets.isEmpty() ? Entry.NOT_PENDING : buckets.firstKey();
    }

    /**
     * Returns an entry of the earliest bucket and forgets it there. Removes the bucket behind it.
     */
    Entry next() {
        Map.Entry<Long, Bucket> first = buckets.firstEntry();
        Bucket bucket = first.getValue();
        Entry entry = bucket.entries[bucket.taken];
        bucket.entries[bucket.taken++] = null;
        if (bucket.taken == bucket.size) {
            buckets.remove(first.getKey());
            if (bucket == lastBucket) {
                lastBucket = null;
            }
        }
        return entry;
    }

    void clear() {
        buckets.clear();
        lastBucket = null;
    }

    private static final class Bucket {
        Entry[] entries = new Entry[2];
        int size;
        int taken;

        void add(Entry entry) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
            }
            entries[size++] = entry;
        }
    }
}
