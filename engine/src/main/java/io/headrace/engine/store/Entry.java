package io.headrace.engine.store;

/** Everything that a step keeps for one key. */
final class Entry {
    /** The time of a timer that is not pending. */
    static final long NOT_PENDING = Long.MAX_VALUE;

    final Object key;
    final int hash;

    /** One element per state of the layout; null where the key has none. */
    final Object[] states;

    /** One element per timer of the layout. */
    final long[] timers;

    /**
     * The snapshot that this entry is already in: the entry is written when it is touched first.
     */
    long snapshot;

    Entry(Object key, int hash, int states, int timers) {
        this.key = key;
        this.hash = hash;
        this.states = new Object[states];
        this.timers = timers == 0 ? NO_TIMERS : new long[timers];
        java.util.Arrays.fill(this.timers, NOT_PENDING);
    }

    private static final long[] NO_TIMERS = {};

    boolean isEmpty() {
        for (Object state : states) {
            if (state != null) {
                return false;
            }
        }
        for (long timer : timers) {
            if (timer != NOT_PENDING) {
                return false;
            }
        }
        return true;
    }
}
