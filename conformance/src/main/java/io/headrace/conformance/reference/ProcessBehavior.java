package io.headrace.conformance.reference;

import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.function.StatefulFunction;
import io.headrace.graph.Step;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeToLive;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls a process function, of one input or of two, or for what {@link BroadcastBehavior} gives it.
 *
 * <p>What a timer of event time emits has the larger of its time and the watermark that was passed
 * on + 1 as its timestamp, so that it is not late for the next step. What a timer of processing
 * time emits has that watermark + 1, or the clock while there is none.
 */
final class ProcessBehavior implements Behavior, Context<Object>, Output<Object> {
    private final Node node;
    private final World world;
    private final StatefulFunction<Object, Object> function;
    private final NaiveStates states;
    private final TimeToLive timeToLive;

    /** Pending at the time at which a key expires that has anything; null if keys do not expire. */
    private final Timer expiry;

    private long timestamp;

    /** How far time has come, where records wait for it: what timers emit is not before that. */
    private long reached = Long.MIN_VALUE;

    ProcessBehavior(
            Node node, Step.Stateful step, StatefulFunction<Object, Object> function, World world) {
        this.node = node;
        this.world = world;
        this.function = function;
        this.timeToLive = step.function().declarations().timeToLive();
        List<TimerDeclaration> timers = new ArrayList<>(step.function().timers());
        if (timeToLive != null) {
            timers.add(timeToLive.timer()); // The last one: it comes behind those of equal time.
        }
        this.states = new NaiveStates(timers);
        this.expiry = timeToLive == null ? null : states.timer(timeToLive.timer());
        function.declaredStates().connect(states);
    }

    @Override
    public void onRecord(Event event) throws Exception {
        onRecord(0, event);
    }

    @Override
    public void onRecord(int input, Event event) throws Exception {
        process(input, event);
        fireEventTimers();
    }

    /** Calls the function for a record, and fires no timers. */
    void process(int input, Event event) throws Exception {
        states.key = event.key();
        long now = onEventTime() ? event.timestamp() : world.clockMillis;
        if (timeToLive != null && expiry.time().orElse(Long.MAX_VALUE) <= now) {
            expireAhead();
        }
        timestamp = event.timestamp();
        function.processInput(input, event.value(), this, this);
        if (timeToLive != null) {
            long time = now + timeToLive.millis();
            expiry.set(Math.max(time, expiry.time().orElse(time)));
            forgetIfEmpty();
        }
    }

    /** Returns when the next timer of event time is due, or the end of time. */
    long nextEventTimer() {
        return states.nextTimer(TimeDomain.EVENT_TIME);
    }

    /** Fires the earliest timer, whose time has come. */
    void fireNext() throws Exception {
        call(states.takeDue(TimeDomain.EVENT_TIME, Long.MAX_VALUE));
    }

    /** Time has come so far. */
    void reached(long time) {
        reached = Math.max(reached, time);
    }

    private boolean onEventTime() {
        return timeToLive == null || timeToLive.domain() == TimeDomain.EVENT_TIME;
    }

    /** The key has expired, though its clock is not there: all that comes until then comes now. */
    private void expireAhead() throws Exception {
        long end = expiry.time().getAsLong();
        while (expiry.time().isPresent()) {
            call(states.takeDueOfKey(timeToLive.domain(), end));
        }
    }

    private void forgetIfEmpty() {
        if (states.isEmptyBut(TimeToLive.TIMER)) {
            states.forget();
        }
    }

    @Override
    public void onWatermark() throws Exception {
        fireEventTimers();
    }

    @Override
    public long nextOnClock() {
        return states.nextProcessingTimer();
    }

    @Override
    public void onClock() throws Exception {
        while (true) {
            NaiveStates.Due due = states.takeDue(TimeDomain.PROCESSING_TIME, world.clockMillis);
            if (due == null) {
                break;
            }
            call(due);
        }
        fireEventTimers();
    }

    /** Fires what is due, also what is set meanwhile. */
    private void fireEventTimers() throws Exception {
        while (true) {
            NaiveStates.Due due = states.takeDue(TimeDomain.EVENT_TIME, node.watermark);
            if (due == null) {
                return;
            }
            call(due);
        }
    }

    private void call(NaiveStates.Due due) throws Exception {
        node.firings++;
        states.key = due.key();
        timestamp = timestampOf(due);
        if (due.timer().name().equals(TimeToLive.TIMER)) {
            function.onExpiry(this, this);
            states.forget();
            return;
        }
        function.onTimer(due.timer().name(), due.time(), this, this);
        if (timeToLive != null) {
            forgetIfEmpty();
        }
    }

    private long timestampOf(NaiveStates.Due due) {
        if (due.timer().domain() == TimeDomain.EVENT_TIME) {
            return Math.max(Math.max(due.time(), reached), node.passedWatermark + 1);
        }
        boolean started = node.passedWatermark != Long.MIN_VALUE;
        return started ? node.passedWatermark + 1 : world.clockMillis;
    }

    @Override
    public void onEnd() {
        node.droppedTimers += states.dropProcessingTimers();
    }

    @Override
    public void emit(Object value) {
        node.emit(new Event(states.key, value, timestamp));
    }

    @Override
    public <S> void emit(Side<S> side, S value) {
        node.toSide(side.name(), new Event(states.key, value, timestamp));
    }

    @Override
    public Object key() {
        return states.key;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public long watermark() {
        return node.watermark;
    }

    @Override
    public long processingTime() {
        return world.clockMillis;
    }
}
