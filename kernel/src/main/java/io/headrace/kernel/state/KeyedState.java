package io.headrace.kernel.state;

import io.headrace.state.StateDeclaration;
import io.headrace.state.StateHandles;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;

/**
 * The state of one subtask of a step, as its host keeps it.
 *
 * <p><b>Threading.</b> One thread. <b>Protocol.</b> {@link #seek} moves all handles to a key; then
 * the operator uses them; then {@link #settle} ends the call. Timers are fired by the host, which
 * seeks and settles around each.
 */
public interface KeyedState extends StateHandles {
    /** What is called when a timer is due. The handles stand at its key. */
    @FunctionalInterface
    interface TimerTarget {
        /**
         * A timer fired; it is no longer pending.
         *
         * @param timer the index of its declaration
         * @param time the time it was set to
         */
        void onTimer(int timer, long time);
    }

    /**
     * Moves all handles to a key.
     *
     * @param hash the stable hash of the key
     */
    void seek(Object key, int hash);

    /** Returns whether there is more than the caches of a processor hold, so that lookups wait. */
    default boolean isLarge() {
        return false;
    }

    /**
     * Tells which keys are sought next. A hint: large state in memory fetches what it has of them
     * all at once, rather than one after the other.
     *
     * @param keys the keys
     * @param hashes their stable hashes
     * @param count how many there are
     */
    default void expect(Object[] keys, int[] hashes, int count) {}

    /** Ends the use of the current key: what was changed is kept. */
    void settle();

    /** Returns the current key. */
    Object key();

    /** Returns the stable hash of the current key. */
    int hash();

    /** Returns the handle of a declared state of kind {@code SERIES}, as operators see it. */
    <V> SeriesState<V> series(StateDeclaration declaration);

    @Override
    default <V> TimeSeries<V> timeSeries(StateDeclaration declaration) {
        return new SeriesView<>(series(declaration));
    }

    /**
     * Fires timers that are due: per key in the order of time, ties in the order of declaration.
     *
     * @param upTo fires the timers of this time and earlier, those that are set meanwhile too
     * @param budget how many to fire at most
     * @return whether there may be more
     */
    boolean fire(TimeDomain domain, long upTo, int budget, TimerTarget target);

    /** Returns the earliest pending time, or {@link Long#MAX_VALUE}. */
    long nextTime(TimeDomain domain);

    /** Forgets all processing-time timers: the input has ended. Returns how many there were. */
    long dropProcessingTimers();
}
