package io.headrace.kernel.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the keys with the most records of late, approximately, in bounded memory.
 *
 * <p>Space-Saving, after A. Metwally et al., "Efficient Computation of Frequent and Top-k Elements
 * in Data Streams", ICDT 2005, with {@link #COUNTERS} counters: a key that has none takes over the
 * smallest and its count, so that a count is too high by a 64th of the records at most, and never
 * too low. The first records are all looked at, later one in {@link #GAP_MAX} on average, at
 * distances that vary, because keys may come in turns. Counts are halved before there are too many,
 * so that what was long ago fades.
 *
 * <p><b>Threading.</b> Filled by the thread of its subtask; {@link #found} may be called by any.
 */
final class KeySketch {
    static final int COUNTERS = 64;

    /** So rarely a record is looked at that the time it takes is less than that of a hash. */
    static final int GAP_MAX = 64;

    /** After so many records the first ones count half. */
    static final long RECORDS_MAX = 1 << 22;

    /** So many records are looked at for each step by which the gap grows. */
    private static final long RECORDS_PER_GAP = 1024;

    private final Object[] keys = new Object[COUNTERS];
    private final int[] hashes = new int[COUNTERS];
    private final long[] counts = new long[COUNTERS];
    private int size;
    private long records;
    private long untilNext = 1;
    private long gap = 1;
    private int random = 1;
    private long recordsFound;
    private volatile FrequentKeys found = FrequentKeys.NONE;

    /** Counts records of a key. Keys that are equal have equal hashes. */
    void add(Object key, int hash, long count) {
        untilNext -= count;
        if (untilNext <= 0) {
            addNext(key, hash);
        }
    }

    private void addNext(Object key, int hash) {
        long weight = 0;
        while (untilNext <= 0) { // The next record to look at is beyond these.
            weight += gap;
            random ^= random << 13; // Marsaglia's xorshift: a sequence that is the same each time.
            random ^= random >>> 17;
            random ^= random << 5;
            untilNext += gap == 1 ? 1 : 1 + Math.floorMod(random, 2 * gap - 1);
        }
        look(key, hash, weight);
    }

    private void look(Object key, int hash, long weight) {
        records += weight;
        counts[place(key, hash)] += weight;
        gap = Math.min(GAP_MAX, Math.max(gap, records / RECORDS_PER_GAP));
        if (records >= RECORDS_MAX) {
            records /= 2;
            recordsFound /= 2;
            for (int i = 0; i < size; i++) {
                counts[i] /= 2;
            }
        }
    }

    private int place(Object key, int hash) {
        int smallest = 0;
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash && keys[i].equals(key)) {
                return i;
            }
            smallest = counts[i] < counts[smallest] ? i : smallest;
        }
        final int place = size < COUNTERS ? size++ : smallest;
        keys[place] = key;
        hashes[place] = hash;
        return place;
    }

    /** Lets others see what was found, if it may have changed much since. Cheap if not. */
    void publish() {
        if (records - recordsFound > recordsFound / 4) {
            recordsFound = records;
            List<FrequentKey> frequent = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                frequent.add(new FrequentKey(FrequentKey.text(keys[i]), counts[i]));
            }
            frequent.sort(Comparator.comparingLong(FrequentKey::records).reversed());
            found =
                    new FrequentKeys(
                            records, frequent.subList(0, Math.min(size, FrequentKey.SHOWN_MAX)));
        }
    }

    /** Returns what was found at some recent moment. */
    FrequentKeys found() {
        return found;
    }
}
