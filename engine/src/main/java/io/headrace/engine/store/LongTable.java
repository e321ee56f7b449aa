package io.headrace.engine.store;

import java.util.Arrays;

/**
 * A hash table from {@code long} to {@code long} without objects: key and value side by side, so
 * that a lookup touches one cache line. Open addressing with linear probing; removal shifts cells
 * back, so that there are no tombstones.
 *
 * <p>It stands at one key at a time: {@link #seek}, then the others. A sweep touches each cell
 * once; {@link #touch} does it earlier. Not thread-safe.
 */
final class LongTable extends SegmentedTable<LongTable.Cells> {
    /** Takes a key and its value. */
    @FunctionalInterface
    interface Visitor {
        void accept(long key, long value);
    }

    private static final int ABSENT = -1;

    private final int salt;
    private final Visitor touched;
    private long size;

    /** Counts sweeps. */
    private int sweep;

    private Cells segment;
    private int stirred;
    private int slot = ABSENT;

    /** Written so that the compiler cannot leave out what {@link #fetch} reads. */
    private long fetched;

    /** Keys and values, and two bits for each. */
    static final class Cells extends Segment {
        /** A key, its value, the next key, its value … */
        final long[] cells;

        /** One bit per slot: whether there is a key. */
        final long[] used;

        /** One bit per slot: whether it was touched since the sweep of {@link #sweep} began. */
        final long[] touched;

        private int sweep;

        Cells(int depth, int capacity, int sweep) {
            super(depth, capacity);
            this.sweep = sweep;
            cells = new long[2 * capacity];
            used = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
            touched = new long[used.length];
        }

        boolean isUsed(int slot) {
            return (used[slot >> 6] & 1L << slot) != 0;
        }

        int find(long key, int stirred) {
            int slot = stirred & mask;
            while (isUsed(slot)) {
                if (cells[2 * slot] == key) {
                    return slot;
                }
                slot = (slot + 1) & mask;
            }
            return ABSENT;
        }

        int free(int stirred) {
            int slot = stirred & mask;
            while (isUsed(slot)) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        void put(int slot, long key, long value) {
            cells[2 * slot] = key;
            cells[2 * slot + 1] = value;
            used[slot >> 6] |= 1L << slot;
        }

        /** Returns whether it was not touched since this sweep began. */
        boolean touch(int slot, int since) {
            expire(since);
            final long before = touched[slot >> 6];
            touched[slot >> 6] = before | 1L << slot;
            return (before & 1L << slot) == 0;
        }

        /** Forgets what was touched before a sweep. */
        void expire(int since) {
            if (sweep != since) {
                sweep = since;
                Arrays.fill(touched, 0);
            }
        }

        void copy(int slot, Cells to, int target) {
            to.put(target, cells[2 * slot], cells[2 * slot + 1]);
            to.touched[target >> 6] &= ~(1L << target);
            to.touched[target >> 6] |= (touched[slot >> 6] >>> slot & 1) << target;
        }
    }

    /**
     * Creates an empty table.
     *
     * @param salt stirs keys: a table that is filled in the order of another one would build long
     *     clusters otherwise
     * @param segmentSlotsMax the largest size of a segment, a power of two
     * @param touched called when a cell is touched for the first time since the start of a sweep
     */
    LongTable(int salt, int segmentSlotsMax, Visitor touched) {
        super(segmentSlotsMax);
        this.salt = salt;
        this.touched = touched;
    }

    @Override
    Cells create(int depth, int capacity) {
        return new Cells(depth, capacity, sweep);
    }

    long size() {
        return size;
    }

    /** Moves to a key; returns whether it is there. */
    boolean seek(long key) {
        stirred = stir(key);
        segment = segment(stirred);
        slot = segment.find(key, stirred);
        return slot != ABSENT;
    }

    /** Returns the value of the key, which is there. */
    long value() {
        return segment.cells[2 * slot + 1];
    }

    /** Replaces the value of the key, which is there. */
    void value(long value) {
        segment.cells[2 * slot + 1] = value;
    }

    /** The key, which is there, may change now. */
    void touch() {
        touch(segment, slot);
    }

    private void touch(Cells where, int at) {
        if (where.touch(at, sweep)) {
            touched.accept(where.cells[2 * at], where.cells[2 * at + 1]);
        }
    }

    /** Adds the key that was sought, which is not there; a running sweep leaves it out. */
    void add(long key, long value) {
        segment = segmentWithRoom(stirred);
        slot = segment.free(stirred);
        segment.put(slot, key, value);
        segment.touch(slot, sweep);
        segment.size++;
        size++;
    }

    @Override
    void spread(Cells full) {
        full.expire(sweep);
        for (int from = 0; from < full.capacity(); from++) {
            if (full.isUsed(from)) {
                final int hash = stir(full.cells[2 * from]);
                final Cells to = segment(hash);
                full.copy(from, to, to.free(hash));
                to.size++;
            }
        }
    }

    /** Removes the key, which is there. */
    void remove() {
        final int mask = segment.mask;
        int hole = slot;
        int next = hole;
        while (segment.isUsed(next = (next + 1) & mask)) {
            final int home = stir(segment.cells[2 * next]) & mask;
            // It may move back to the hole unless its home lies between the hole and itself.
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                touch(segment, next); // The sweep may have passed the hole.
                segment.copy(next, segment, hole);
                hole = next;
            }
        }
        segment.used[hole >> 6] &= ~(1L << hole);
        segment.size--;
        size--;
        slot = ABSENT;
        trim(segment, stirred);
    }

    /**
     * Brings into the cache what lookups of these keys are going to need. The processor waits for
     * many places of memory at once only if no instruction between them needs the result.
     */
    void fetch(Object[] keys, int count) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            final int hash = stir((Long) keys[i]);
            final Cells home = segment(hash);
            seen += home.cells[2 * (hash & home.mask)];
        }
        fetched = seen;
    }

    @Override
    void startSweep() {
        sweep++;
        super.startSweep();
    }

    @Override
    void visit(Cells where, int at) {
        if (where.isUsed(at)) {
            touch(where, at);
        }
    }

    private int stir(long key) {
        final long mixed = (key ^ salt) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) ^ (int) mixed;
    }
}
