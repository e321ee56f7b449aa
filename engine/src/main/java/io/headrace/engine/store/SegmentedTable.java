package io.headrace.engine.store;

/**
 * The outline of a hash table in segments. A segment grows up to a size that is quick to move, and
 * then splits, so that no insertion moves more than that; a directory finds the segment by the top
 * bits of a hash. A segment that is nearly empty shrinks; it stays split. After R. Fagin et al.,
 * "Extendible Hashing", ACM TODS 4(3), 1979.
 *
 * <p>Not thread-safe.
 *
 * @param <S> the segments, whose form is the table's
 */
abstract class SegmentedTable<S extends SegmentedTable.Segment> {
    /** Slots of a segment that splits when it is full: about 0.1 ms to move. */
    static final int SEGMENT_SLOTS_MAX = 8192;

    private static final int SLOTS_MIN = 64;

    /** With so many segments they grow without a bound: keys whose hashes are equal cannot part. */
    private static final int DEPTH_MAX = 16;

    /** A segment with more slots per taken one becomes smaller: far from where it grows again. */
    private static final int SLOTS_PER_TAKEN_MAX = 16;

    private final int segmentSlotsMax;

    /** A segment for each value of the top bits; one of less depth stands in several places. */
    private Segment[] directory;

    private int depth = 1;

    /** What a sweep visits next: the first place of its segment, and a slot. */
    private int sweptPlace;

    private int sweptSlots;

    /** Some slots; half of them stay free: misses and removals walk to the next free one. */
    abstract static class Segment {
        /** How many top bits all hashes in it have in common. */
        final int depth;

        /** The number of slots, a power of two, − 1. */
        final int mask;

        /** How many slots are taken. */
        int size;

        Segment(int depth, int capacity) {
            this.depth = depth;
            this.mask = capacity - 1;
        }

        final int capacity() {
            return mask + 1;
        }
    }

    /**
     * Creates an empty table.
     *
     * @param segmentSlotsMax the largest size of a segment, a power of two
     */
    SegmentedTable(int segmentSlotsMax) {
        this.segmentSlotsMax = segmentSlotsMax;
        this.directory = new Segment[] {create(1, SLOTS_MIN), create(1, SLOTS_MIN)};
        this.sweptPlace = directory.length;
    }

    /** Creates an empty segment. Called by the constructor too. */
    abstract S create(int segmentDepth, int capacity);

    /** Inserts all that a segment holds into those that {@link #segment} returns now. */
    abstract void spread(S full);

    /** A sweep has come to a slot, which may be free. */
    abstract void visit(S segment, int slot);

    /** Returns the segment of a hash. */
    @SuppressWarnings("unchecked") // There are only those that the table created.
    final S segment(int hash) {
        return (S) directory[hash >>> (Integer.SIZE - depth)];
    }

    /** Returns the segment of a hash with room for one more. */
    final S segmentWithRoom(int hash) {
        S segment = segment(hash);
        while ((segment.size + 1) * 2 > segment.capacity()) {
            makeRoom(segment, hash);
            segment = segment(hash);
        }
        return segment;
    }

    /** Doubles a segment, or splits it. */
    private void makeRoom(S full, int hash) {
        final S low;
        final S high;
        if (full.capacity() < segmentSlotsMax || full.depth == DEPTH_MAX) {
            low = create(full.depth, full.capacity() * 2);
            high = low;
        } else {
            low = create(full.depth + 1, full.capacity());
            high = create(full.depth + 1, full.capacity());
        }
        if (low.depth > depth) {
            doubleDirectory();
        }
        replace(full, hash, low, high);
    }

    /**
     * Moves a segment that is nearly empty into fewer slots, so that keys that are gone give back
     * their memory. Called behind a removal.
     *
     * @param hash of what was removed
     */
    final void trim(S sparse, int hash) {
        if (sparse.capacity() > SLOTS_MIN
                && sparse.size <= sparse.capacity() / SLOTS_PER_TAKEN_MAX) {
            S smaller = create(sparse.depth, Math.max(SLOTS_MIN, sparse.capacity() / 4));
            replace(sparse, hash, smaller, smaller);
        }
    }

    /** Puts two segments, or one twice, in the place of one, and all that it holds into them. */
    private void replace(S full, int hash, S low, S high) {
        final int places = 1 << (depth - full.depth);
        final int first = (hash >>> (Integer.SIZE - depth)) & -places;
        for (int i = 0; i < places; i++) {
            directory[first + i] = i < places / 2 ? low : high;
        }
        spread(full);
        if (sweptPlace >= first && sweptPlace < first + places) {
            sweptPlace = first; // Its slots have moved: sweep them again, what is done is skipped.
            sweptSlots = 0;
        }
    }

    private void doubleDirectory() {
        Segment[] doubled = new Segment[directory.length * 2];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i / 2];
        }
        directory = doubled;
        depth++;
        sweptPlace *= 2;
    }

    /** Returns whether a sweep is not at its end. */
    final boolean sweeping() {
        return sweptPlace < directory.length;
    }

    /** Starts to visit every slot that is taken now. */
    void startSweep() {
        sweptPlace = 0;
        sweptSlots = 0;
    }

    /**
     * Visits some more slots; what moves meanwhile may be visited twice.
     *
     * @return whether there are more
     */
    @SuppressWarnings("unchecked") // There are only those that the table created.
    final boolean sweep(int slots) {
        int left = slots;
        while (left > 0 && sweptPlace < directory.length) {
            final S segment = (S) directory[sweptPlace];
            if (sweptSlots == segment.capacity()) {
                sweptPlace += 1 << (depth - segment.depth);
                sweptSlots = 0;
                continue;
            }
            visit(segment, sweptSlots++);
            left--;
        }
        return sweptPlace < directory.length;
    }
}
