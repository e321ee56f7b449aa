package io.headrace.engine.store;

import java.util.Arrays;

/**
 * Everything that a step keeps for one key. The first state and the first timer stand in the entry
 * itself: most steps have one of each, and an array of its own would cost another cache miss per
 * record. For the same reason a series that is the first state is no object while it has one value.
 */
class Entry {
    /** The time of a timer that is not pending. */
    static final long NOT_PENDING = Long.MAX_VALUE;

    /**
     * What {@link #state} of the first state is when its value stands in {@link #longState}.
     * Storing a new {@code Long} in an old entry would cost a write barrier that the garbage
     * collector pays for at each record, and one more cache miss.
     */
    static final Object LONG = new Object();

    final Object key;
    final int hash;

    /**
     * The first state, if it is a {@code Long}; the time of its only value, if it is a series that
     * has one.
     */
    long longState;

    /**
     * The snapshot that this entry is already in: the entry is written when it is touched first.
     */
    int snapshot;

    private Object first;
    private long firstTimer = NOT_PENDING;

    /** An entry of more than one state or timer. */
    private static final class Wide extends Entry {
        final Object[] others;
        final long[] otherTimers;

        Wide(Object key, int hash, int states, int timers) {
            super(key, hash);
            this.others = new Object[Math.max(0, states - 1)];
            this.otherTimers = new long[Math.max(0, timers - 1)];
            Arrays.fill(otherTimers, NOT_PENDING);
        }

        @Override
        boolean isEmpty() {
            if (!super.isEmpty()) {
                return false;
            }
            for (Object state : others) {
                if (state != null) {
                    return false;
                }
            }
            for (long timer : otherTimers) {
                if (timer != NOT_PENDING) {
                    return false;
                }
            }
            return true;
        }
    }

    private Entry(Object key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    /** Creates the entry of a key, with as many states and timers as its step has. */
    static Entry of(Object key, int hash, int states, int timers) {
        return states <= 1 && timers <= 1
                ? new Entry(key, hash)
                : new Wide(key, hash, states, timers);
    }

    /** Returns the pending time of a timer of the layout, or {@link #NOT_PENDING}. */
    long timer(int index) {
        return index == 0 ? firstTimer : ((Wide) this).otherTimers[index - 1];
    }

    void timer(int index, long time) {
        if (index == 0) {
            firstTimer = time;
        } else {
            ((Wide) this).otherTimers[index - 1] = time;
        }
    }

    /** Returns a state of the layout, or null where the key has none. */
    Object state(int index) {
        return index == 0 ? first : ((Wide) this).others[index - 1];
    }

    void state(int index, Object value) {
        if (index == 0) {
            first = value;
        } else {
            ((Wide) this).others[index - 1] = value;
        }
    }

    /** Reads from both cache lines that an entry may lie on. */
    long fetched() {
        return first == null ? snapshot : hash + snapshot;
    }

    /** Reads from the key, and from the object that the first state is. */
    long fetchedState() {
        final long seen = key instanceof Series ? 1 : 0; // A look at its class is one at it.
        if (first instanceof Object[] fields) {
            return seen + fields.length;
        }
        return seen + (first instanceof Series series ? series.fetched() : hash);
    }

    /** Reads from the values of the first state, if it is a series or several fields. */
    long fetchedValues() {
        if (first instanceof Object[] fields) {
            long seen = 0;
            for (Object field : fields) {
                seen += field instanceof Series ? 1 : 0;
            }
            return seen;
        }
        return first instanceof Series series ? series.fetchedValues() : 0;
    }

    /** Returns a state as the value that its handle returns. */
    Object stateValue(int index) {
        Object state = state(index);
        return state == LONG ? (Object) longState : state;
    }

    boolean isEmpty() {
        return first == null && firstTimer == NOT_PENDING;
    }
}
