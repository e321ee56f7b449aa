package io.headrace.benchmarks;

import java.util.Arrays;

/**
 * Counts per key, without objects: open addressing with linear probing, key and count side by side
 * so that a lookup touches one cache line. A count of 0 marks a free slot.
 *
 * <p>Not thread-safe.
 */
final class LongCounts {
    /** Takes what is in the map. */
    @FunctionalInterface
    interface Entries {
        void accept(long key, long count);
    }

    private long[] slots; // A key, its count, the next key, its count …
    private int size;

    /** Creates an empty map with room for {@code keys} keys before it has to grow. */
    LongCounts(int keys) {
        slots = new long[2 * Integer.highestOneBit(Math.max(8, keys) * 2 - 1)];
    }

    /** Counts a key once more and returns its new count. */
    long increment(long key) {
        return add(key, 1);
    }

    /** Adds a count, which is positive, to that of a key and returns the sum. */
    long add(long key, long count) {
        final long[] slots = this.slots;
        final int mask = slots.length - 1;
        int at = (int) Nexmark.mix(key) << 1 & mask;
        while (slots[at + 1] != 0) {
            if (slots[at] == key) {
                return slots[at + 1] += count;
            }
            at = at + 2 & mask;
        }
        slots[at] = key;
        slots[at + 1] = count;
        if (++size > slots.length * 3 / 8) {
            grow();
        }
        return count;
    }

    /** Passes on all entries, in no order. */
    void forEach(Entries entries) {
        final long[] slots = this.slots;
        for (int at = 0; at < slots.length; at += 2) {
            if (slots[at + 1] != 0) {
                entries.accept(slots[at], slots[at + 1]);
            }
        }
    }

    /** Forgets all entries and keeps the room. */
    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    private void grow() {
        final long[] old = slots;
        final long[] larger = new long[old.length * 2];
        final int mask = larger.length - 1;
        for (int from = 0; from < old.length; from += 2) {
            if (old[from + 1] != 0) {
                int at = (int) Nexmark.mix(old[from]) << 1 & mask;
                while (larger[at + 1] != 0) {
                    at = at + 2 & mask;
                }
                larger[at] = old[from];
                larger[at + 1] = old[from + 1];
            }
        }
        slots = larger;
    }
}
