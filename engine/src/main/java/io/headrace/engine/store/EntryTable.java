package io.headrace.engine.store;

import java.util.function.Consumer;

/**
 * A hash table of entries: open addressing with linear probing.
 *
 * <p>The hash of a key is stirred by a salt per table before its bits choose segment and slot: a
 * table that is filled in the order of another one would otherwise build long clusters. Removal
 * shifts entries back, so that there are no tombstones. Not thread-safe.
 */
final class EntryTable extends SegmentedTable<EntryTable.Slots> {
    private final int salt;
    private final boolean longKeys;
    private final Consumer<Entry> touch;
    private long size;

    /** Written so that the compiler cannot leave out what {@link #fetch} reads. */
    private long fetched;

    /** Entries with what is needed to find one without a look at the others. */
    static final class Slots extends Segment {
        final Entry[] entries;
        final int[] hashes;

        /** The keys, if all are of type {@code Long}; a free slot may have any. */
        final long[] longKeys;

        Slots(int depth, int capacity) {
            super(depth, capacity);
            entries = new Entry[capacity];
            hashes = new int[capacity];
            longKeys = new long[capacity];
        }

        int free(int stirred) {
            int slot = stirred & mask;
            while (entries[slot] != null) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        void copy(int slot, Slots to, int target) {
            to.entries[target] = entries[slot];
            to.hashes[target] = hashes[slot];
            to.longKeys[target] = longKeys[slot];
        }
    }

    /**
     * Creates an empty table.
     *
     * @param longKeys whether every key is a {@code Long}: then keys are compared in the table
     * @param segmentSlotsMax the largest size of a segment, a power of two
     * @param touch called by a sweep for each entry, and before an entry moves to a place that the
     *     sweep may have passed
     */
    EntryTable(int salt, boolean longKeys, int segmentSlotsMax, Consumer<Entry> touch) {
        super(segmentSlotsMax);
        this.salt = salt;
        this.longKeys = longKeys;
        this.touch = touch;
    }

    @Override
    Slots create(int depth, int capacity) {
        return new Slots(depth, capacity);
    }

    long size() {
        return size;
    }

    Entry find(Object key, int hash) {
        final int stirred = stir(hash);
        final Slots segment = segment(stirred);
        return longKeys
                ? findLong(segment, (Long) key, stirred)
                : find(segment, key, hash, stirred);
    }

    private static Entry find(Slots segment, Object key, int hash, int stirred) {
        final Entry[] entries = segment.entries;
        final int[] hashes = segment.hashes;
        final int mask = segment.mask;
        int slot = stirred & mask;
        Entry entry;
        while ((entry = entries[slot]) != null) {
            if (hashes[slot] == hash && entry.key.equals(key)) {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    private static Entry findLong(Slots segment, long key, int stirred) {
        final Entry[] entries = segment.entries;
        final long[] keys = segment.longKeys;
        final int mask = segment.mask;
        int slot = stirred & mask;
        while (keys[slot] != key) {
            if (entries[slot] == null) {
                return null;
            }
            slot = (slot + 1) & mask;
        }
        return entries[slot]; // Of a free slot with an old key: null.
    }

    /**
     * Brings into the cache what lookups of these hashes are going to need. The processor waits for
     * many places of memory at once only if no instruction between them needs the result.
     */
    void fetch(int[] hashes, int count) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            final int stirred = stir(hashes[i]);
            final Slots segment = segment(stirred);
            final int slot = stirred & segment.mask;
            final Entry entry = segment.entries[slot];
            seen += longKeys ? segment.longKeys[slot] : segment.hashes[slot];
            seen += entry == null ? 0 : entry.fetched();
        }
        fetched = seen;
    }

    /** Adds an entry whose key is not in the table. */
    void add(Entry entry) {
        final int stirred = stir(entry.hash);
        final Slots segment = segmentWithRoom(stirred);
        final int slot = segment.free(stirred);
        segment.entries[slot] = entry;
        segment.hashes[slot] = entry.hash;
        segment.longKeys[slot] = longKeys ? (Long) entry.key : 0;
        segment.size++;
        size++;
    }

    /** Moves entries without a look at them: they are probably not in the cache. */
    @Override
    void spread(Slots full) {
        for (int slot = 0; slot < full.capacity(); slot++) {
            if (full.entries[slot] != null) {
                final int stirred = stir(full.hashes[slot]);
                final Slots to = segment(stirred);
                full.copy(slot, to, to.free(stirred));
                to.size++;
            }
        }
    }

    /** Removes an entry that is in the table. */
    void remove(Entry entry) {
        final int stirred = stir(entry.hash);
        final Slots segment = segment(stirred);
        final int mask = segment.mask;
        int hole = stirred & mask;
        while (segment.entries[hole] != entry) {
            hole = (hole + 1) & mask;
        }
        int next = hole;
        Entry candidate;
        while ((candidate = segment.entries[next = (next + 1) & mask]) != null) {
            final int home = stir(segment.hashes[next]) & mask;
            // It may move back to the hole unless its home lies between the hole and itself.
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                if (sweeping()) {
                    touch.accept(candidate);
                }
                segment.copy(next, segment, hole);
                hole = next;
            }
        }
        segment.entries[hole] = null;
        segment.size--;
        size--;
        trim(segment, stirred);
    }

    @Override
    void visit(Slots segment, int slot) {
        final Entry entry = segment.entries[slot];
        if (entry != null) {
            touch.accept(entry);
        }
    }

    private int stir(int hash) {
        int mixed = (hash ^ salt) * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
