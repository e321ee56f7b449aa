package io.headrace.kernel.function;

import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.function.StatefulFunction;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.TimeDomain;
import java.util.HashSet;
import java.util.Set;

/**
 * Runs a user's process function: of one input, of two, or with broadcast state.
 *
 * <p>Of a function with broadcast state the records wait, and time goes on in the order of time
 * itself: up to each control record, that one, and so on. Its results must not depend on how far
 * the watermark goes at once, so what it emits has no other time than that of what it follows from.
 *
 * <p>Timestamp of what a timer emits: event time, the larger of its time and the last watermark
 * that was passed on + 1; processing time, that watermark + 1, or the clock while there is none.
 *
 * <p>Of a function with a time-to-live, whatever calls it for a key looks first whether the key has
 * expired on a clock that has not come by yet; {@link KeyExpiry} knows when.
 */
public final class ProcessOperator extends Operator
        implements Context<Object>, Output<Object>, KeyedState.TimerTarget, WaitingRecords.Taker {
    private final StateLayout layout;
    private final StatefulFunction<Object, Object> function;
    private final Set<String> declaredSides = new HashSet<>();
    private final WaitingRecords waiting;
    private final ControlRecords controls;
    private KeyedState state;

    /** Null if keys do not expire. */
    private KeyExpiry expiry;

    /** One reading of the clock per call: a key must not expire while its function looks at it. */
    private long calledAtMillis;

    /** Which timers fire. */
    private TimeDomain firing = TimeDomain.EVENT_TIME;

    private long timestamp;
    private long passedWatermark = Long.MIN_VALUE;

    /** Of records that wait: how far time has come among those up to the watermark. */
    private long reached = Long.MIN_VALUE;

    /** How many timers of records that wait, and of a function with such, have fired. */
    private long fired;

    /**
     * Creates the operator of one function object.
     *
     * @param waiting its records that wait; null if it has no broadcast state
     * @param controls its control records; null if it has no broadcast state
     */
    public ProcessOperator(
            StateLayout layout,
            StatefulFunction<Object, Object> function,
            WaitingRecords waiting,
            ControlRecords controls) {
        this.layout = layout;
        this.function = function;
        this.waiting = waiting;
        this.controls = controls;
        for (Side<?> side : function.sideOutputs()) {
            declaredSides.add(side.name());
        }
    }

    @Override
    public StateLayout layout() {
        return layout;
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        if (layout.timeToLive() != null) {
            expiry = new KeyExpiry(layout.timeToLive(), function.declaredStates(), given.state());
        }
        state = given.state();
        function.declaredStates().connect(state);
        passedWatermark = watermark; // After a restore it had passed this far before.
        if (waiting != null) {
            waiting.open(state);
            controls.open(given);
            controls.applyUpTo(watermark); // Another subtask, which was not as far, has saved them.
        }
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long recordTimestamp) {
        if (waiting != null) {
            await(input, value, recordTimestamp);
            return;
        }
        counters.in++;
        state.seek(context.key().key, context.key().hash);
        call(input, value, recordTimestamp);
        state.settle();
        fireOverdue();
    }

    private void await(int input, Object value, long recordTimestamp) {
        if (input == 1) {
            controls.take(value, recordTimestamp, watermark);
            return; // Counted once, by the broadcast: each subtask gets it.
        }
        counters.in++;
        if (recordTimestamp <= watermark) {
            onLate(waiting.late(), value, recordTimestamp);
        } else {
            state.seek(context.key().key, context.key().hash);
            waiting.add(value, recordTimestamp);
            state.settle();
        }
    }

    @Override
    public void take(Object value, long time) {
        call(0, value, time);
    }

    private void call(int input, Object value, long recordTimestamp) {
        final long taken = expiry == null ? recordTimestamp : expireBefore(recordTimestamp);
        timestamp = recordTimestamp;
        try {
            function.processInput(input, value, this, this);
        } catch (Exception failed) {
            throw failure(state.key(), value, failed);
        }
        if (expiry != null) {
            expiry.renew(taken);
        }
    }

    /** Lets the key expire if it has when a record comes; returns the record's time for it. */
    private long expireBefore(long recordTimestamp) {
        boolean eventTime = expiry.follows(TimeDomain.EVENT_TIME);
        calledAtMillis = context.clock().millis();
        final long taken = eventTime ? recordTimestamp : calledAtMillis;
        if (expiry.time() <= (eventTime && waiting == null ? Math.max(taken, watermark) : taken)) {
            expire(expiry.time());
        }
        return taken;
    }

    /** Fires the timers that a record or another timer set at or before the watermark. */
    private void fireOverdue() {
        if (state.nextTime(TimeDomain.EVENT_TIME) > watermark) {
            return;
        }
        while (state.fire(TimeDomain.EVENT_TIME, watermark, Integer.MAX_VALUE, this)) {
            // Timers that are set meanwhile fire in the same pass.
        }
    }

    @Override
    public boolean work(int budget) {
        final int left = controls == null ? budget : upToTheLastControl(budget);
        if (left <= 0 || state.fire(TimeDomain.EVENT_TIME, watermark, left, this)) {
            return true;
        }
        passedWatermark = watermark;
        return false;
    }

    /** Goes through time to the last control record; returns what is left of the budget. */
    private int upToTheLastControl(int budget) {
        int left = budget;
        while (left > 0 && controls.waitUpTo(watermark)) {
            final long next = controls.nextTime();
            final long firedBefore = fired;
            if (state.fire(TimeDomain.EVENT_TIME, next - 1, left, this)) {
                return 0;
            }
            controls.applyUpTo(next);
            left -= (int) (fired - firedBefore) + 1;
        }
        return left;
    }

    @Override
    public void onTimer(int timer, long time) {
        if (waiting == null || firing == TimeDomain.PROCESSING_TIME) {
            onTimer(timer, time, firing);
            return;
        }
        fired++;
        reached = Math.max(reached, time);
        if (timer == WaitingRecords.TIMER_INDEX) {
            waiting.take(time, this);
        } else {
            onTimer(timer, time, TimeDomain.EVENT_TIME);
        }
    }

    @Override
    public boolean onProcessingTime(long millis, int budget) {
        firing = TimeDomain.PROCESSING_TIME;
        boolean more = state.fire(TimeDomain.PROCESSING_TIME, millis, budget, this);
        firing = TimeDomain.EVENT_TIME;
        fireOverdue();
        return more;
    }

    private void onTimer(int timer, long time, TimeDomain domain) {
        if (expiry == null) {
            call(timer, time, domain);
            return;
        }
        calledAtMillis = context.clock().millis();
        if (expiry.isTimer(timer - firstTimer())) {
            expire(time);
        } else if (hasExpiredBefore(domain)) {
            expire(expiry.time()); // The timer is forgotten with all else of the key.
        } else {
            call(timer, time, domain);
            expiry.forgetIfEmpty();
        }
    }

    /** Whether the key expired on the other clock: on its own one all come in order. */
    private boolean hasExpiredBefore(TimeDomain domain) {
        if (expiry.follows(domain)) {
            return false;
        }
        return expiry.time() <= (domain == TimeDomain.EVENT_TIME ? calledAtMillis : watermark);
    }

    /** Ends the life of the key at hand, as if nothing had come since the time at which it ends. */
    private void expire(long time) {
        TimeDomain domain = layout.timeToLive().domain();
        int timer = expiry.nextTimer(time);
        while (timer >= 0) {
            call(firstTimer() + timer, expiry.take(timer), domain);
            timer = expiry.nextTimer(time);
        }
        if (expiry.hasSomething()) {
            timestamp = timestampOf(time, domain);
            takeSlot();
            try {
                function.onExpiry(this, this);
            } catch (Exception failed) {
                throw failure(state.key(), "expiry at " + time, failed);
            }
        }
        expiry.clear();
    }

    /** Returns the place of the first timer that the function declared. */
    private int firstTimer() {
        return waiting == null ? 0 : WaitingRecords.TIMER_INDEX + 1;
    }

    private long timestampOf(long time, TimeDomain domain) {
        if (domain == TimeDomain.EVENT_TIME) {
            final long earliest = Math.max(reached, passedWatermark + 1);
            return Math.max(time, earliest);
        }
        return passedWatermark == Long.MIN_VALUE ? processingTime() : passedWatermark + 1;
    }

    private void call(int timer, long time, TimeDomain domain) {
        timestamp = timestampOf(time, domain);
        takeSlot();
        String name = layout.timers().get(timer).name();
        try {
            function.onTimer(name, time, this, this);
        } catch (Exception failed) {
            throw failure(state.key(), "timer " + name + " at " + time, failed);
        }
    }

    @Override
    public void emit(Object value) {
        if (value == null) {
            throw new NullPointerException("a record must not be null");
        }
        counters.out++;
        takeSlot();
        out.emit(value, timestamp);
    }

    /** A function emits under its own key, whatever keyed steps behind it did to the slot. */
    private void takeSlot() {
        context.key().key = state.key();
        context.key().hash = state.hash();
    }

    @Override
    public <S> void emit(Side<S> side, S value) {
        if (!declaredSides.contains(side.name())) {
            throw new IllegalArgumentException(
                    "side output "
                            + side.name()
                            + " was not declared: write sideOutput(side) in a field of "
                            + function.getClass().getSimpleName());
        }
        if (value == null) {
            throw new NullPointerException("a record must not be null");
        }
        side(side.name()).emit(value, timestamp);
    }

    @Override
    public Object key() {
        return state.key();
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public long processingTime() {
        return expiry == null ? context.clock().millis() : calledAtMillis;
    }
}
