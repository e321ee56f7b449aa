package io.headrace.kernel.function;

import io.headrace.function.Side;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.Declarations;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;

/**
 * The records of each key that wait for the watermark: a series by time, and a timer at the
 * earliest. They are the first state and the first timer of their step.
 */
public final class WaitingRecords {
    /** Stands at the earliest record that waits. */
    public static final TimerDeclaration TIMER =
            new TimerDeclaration(Declarations.WAITING, TimeDomain.EVENT_TIME);

    /** The place of the timer among those of its step. */
    static final int TIMER_INDEX = 0;

    private final StateDeclaration declaration;
    private final Side<?> late;
    private SeriesState<Object> records;
    private Timer due;

    /** Takes what comes for one record. */
    @FunctionalInterface
    interface Taker {
        void take(Object value, long timestamp);
    }

    /**
     * Creates the waiting room of a step.
     *
     * @param layout begins with {@link #declaration} and {@link #TIMER}
     * @param late takes the records that come too late, or null
     */
    public WaitingRecords(StateLayout layout, Side<?> late) {
        this.declaration = layout.states().get(0);
        this.late = late;
    }

    /** Returns the state that keeps records of a type. */
    public static StateDeclaration declaration(Type<?> valueType) {
        return new StateDeclaration(
                Declarations.WAITING, StateDeclaration.Kind.SERIES, null, valueType);
    }

    void open(KeyedState state) {
        records = state.series(declaration);
        due = state.timer(TIMER);
    }

    Side<?> late() {
        return late;
    }

    /** Keeps a record of the key at hand. */
    void add(Object value, long timestamp) {
        if (records.insert(timestamp, value) == 0) {
            due.set(timestamp);
        }
    }

    /** Returns how many records of the key at hand wait. */
    int size() {
        return records.size();
    }

    /** Returns the time of the earliest record of the key at hand; there is one. */
    long earliest() {
        return records.time(0);
    }

    /** Gives the earliest record of the key at hand, before its time has come. */
    void takeEarliest(Taker taker) {
        taker.take(records.value(0), records.time(0));
        remove(1);
    }

    /** Gives the records of a time of the key at hand, in the order of their arrival. */
    void take(long time, Taker taker) {
        int count = 0;
        while (count < records.size() && records.time(count) <= time) {
            taker.take(records.value(count), records.time(count));
            count++;
        }
        remove(count);
    }

    private void remove(int count) {
        records.removeFirst(count);
        if (records.size() > 0) {
            due.set(records.time(0));
        }
    }
}
