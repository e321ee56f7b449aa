package io.headrace.engine.store;

import java.util.function.Consumer;

/**
 * A hash table of entries: open addressing with linear probing, in segments that grow on their own,
 * so that no single insertion moves more than one segment.
 *
 * <p>The hash of a key is stirred by a salt per table before its top bits choose segment and slot:
 * a table that is filled in the order of another one would otherwise build long clusters. Removal
 * shifts entries back, so that there are no tombstones. Not thread-safe.
 */
final class EntryTable {
    private static final int SEGMENT_BITS = 8;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;
    private static final int SLOTS_MIN = 8;

    private final Segment[] segments = new Segment[SEGMENTS];
    private final int salt;
    private final boolean longKeys;
    private final Consumer<Entry> beforeMove;
    private long size;
    private int sweptSegments = SEGMENTS;
    private int sweptSlots;

    /**
     * Creates an empty table.
     *
     * @param longKeys whether every key is a {@code Long}: then keys are compared in the table
     * @param beforeMove called before an entry moves to a place that the sweep may have passed
     */
    EntryTable(int salt, boolean longKeys, Consumer<Entry> beforeMove) {
        this.salt = salt;
        this.longKeys = longKeys;
        this.beforeMove = beforeMove;
    }

    long size() {
        return size;
    }

    Entry find(Object key, int hash) {
        final int stirred = stir(hash);
        final Segment segment = segments[stirred >>> (Integer.SIZE - SEGMENT_BITS)];
        if (segment == null) {
            return null;
        }
        return longKeys
                ? findLong(segment, (Long) key, stirred)
                : find(segment, key, hash, stirred);
    }

    private static Entry find(Segment segment, Object key, int hash, int stirred) {
        final Entry[] slots = segment.slots;
        final int[] hashes = segment.hashes;
        final int mask = slots.length - 1;
        int slot = stirred & mask;
        Entry entry;
        while ((entry = slots[slot]) != null) {
            if (hashes[slot] == hash && entry.key.equals(key)) {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    private static Entry findLong(Segment segment, long key, int stirred) {
        final Entry[] slots = segment.slots;
        final long[] keys = segment.longKeys;
        final int mask = slots.length - 1;
        int slot = stirred & mask;
        while (keys[slot] != key) {
            if (slots[slot] == null) {
                return null;
            }
            slot = (slot + 1) & mask;
        }
        return slots[slot]; // Of an empty slot with an old key: null.
    }

    /** Adds an entry whose key is not in the table. */
    void add(Entry entry) {
        final int stirred = stir(entry.hash);
        final int index = stirred >>> (Integer.SIZE - SEGMENT_BITS);
        Segment segment = segments[index];
        if (segment == null) {
            segment = new Segment(SLOTS_MIN, longKeys);
            segments[index] = segment;
        } else if ((segment.size + 1) * 3 > segment.slots.length * 2) {
            segment = grown(segment);
            segments[index] = segment;
            if (index == sweptSegments) {
                sweptSlots = 0; // Its entries have moved: sweep it again, it skips what is done.
            }
        }
        insert(segment, entry, stirred);
        segment.size++;
        size++;
    }

    private Segment grown(Segment old) {
        Segment grown = new Segment(old.slots.length * 2, longKeys);
        for (int slot = 0; slot < old.slots.length; slot++) {
            if (old.slots[slot] != null) {
                move(old, slot, grown, stir(old.hashes[slot]));
            }
        }
        grown.size = old.size;
        return grown;
    }

    private static void insert(Segment segment, Entry entry, int stirred) {
        int slot = segment.freeSlot(stirred);
        segment.slots[slot] = entry;
        segment.hashes[slot] = entry.hash;
        if (segment.longKeys != null) {
            segment.longKeys[slot] = (Long) entry.key;
        }
    }

    /** Copies a slot without a look at the entry, which is probably not in the cache. */
    private static void move(Segment from, int slot, Segment to, int stirred) {
        from.copy(slot, to, to.freeSlot(stirred));
    }

    /** Removes an entry that is in the table. */
    void remove(Entry entry) {
        final int stirred = stir(entry.hash);
        final Segment segment = segments[stirred >>> (Integer.SIZE - SEGMENT_BITS)];
        final int mask = segment.slots.length - 1;
        int hole = stirred & mask;
        while (segment.slots[hole] != entry) {
            hole = (hole + 1) & mask;
        }
        int next = hole;
        while (true) {
            next = (next + 1) & mask;
            Entry candidate = segment.slots[next];
            if (candidate == null) {
                break;
            }
            int home = stir(segment.hashes[next]) & mask;
            // It may move back to the hole unless its home lies between the hole and itself.
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                beforeMove.accept(candidate);
                segment.copy(next, segment, hole);
                hole = next;
            }
        }
        segment.slots[hole] = null;
        segment.size--;
        size--;
    }

    /** Starts to visit every entry that is there now. */
    void startSweep() {
        sweptSegments = 0;
        sweptSlots = 0;
    }

    /**
     * Visits the entries of some more slots; one that moves meanwhile may be visited twice.
     *
     * @return whether there are more
     */
    boolean sweep(int slots, Consumer<Entry> visitor) {
        int left = slots;
        while (left > 0 && sweptSegments < SEGMENTS) {
            Segment segment = segments[sweptSegments];
            if (segment == null || sweptSlots == segment.slots.length) {
                sweptSegments++;
                sweptSlots = 0;
                continue;
            }
            Entry entry = segment.slots[sweptSlots++];
            if (entry != null) {
                visitor.accept(entry);
            }
            left--;
        }
        return sweptSegments < SEGMENTS;
    }

    private int stir(int hash) {
        int mixed = (hash ^ salt) * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private static final class Segment {
        final Entry[] slots;
        final int[] hashes;

        /** The keys, if all are of type {@code Long}; a slot without an entry may have any. */
        final long[] longKeys;

        int size;

        Segment(int capacity, boolean longKeys) {
            slots = new Entry[capacity];
            hashes = new int[capacity];
            this.longKeys = longKeys ? new long[capacity] : null;
        }

        int freeSlot(int stirred) {
            final int mask = slots.length - 1;
            int slot = stirred & mask;
            while (slots[slot] != null) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        void copy(int slot, Segment to, int target) {
            to.slots[target] = slots[slot];
            to.hashes[target] = hashes[slot];
            if (longKeys != null) {
                to.longKeys[target] = longKeys[slot];
            }
        }
    }
}
