package io.headrace.conformance.reference;

import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.function.StatefulFunction;
import io.headrace.graph.Step;
import io.headrace.state.TimeDomain;

/**
 * Calls a process function, of one input or of two.
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
    private long timestamp;

    ProcessBehavior(
            Node node, Step.Stateful step, StatefulFunction<Object, Object> function, World world) {
        this.node = node;
        this.world = world;
        this.function = function;
        this.states = new NaiveStates(step.function().timers());
        function.declaredStates().connect(states);
    }

    @Override
    public void onRecord(Event event) throws Exception {
        onRecord(0, event);
    }

    @Override
    public void onRecord(int input, Event event) throws Exception {
        states.key = event.key();
        timestamp = event.timestamp();
        function.processInput(input, event.value(), this, this);
        fireEventTimers();
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
            boolean started = node.passedWatermark != Long.MIN_VALUE;
            call(due, started ? node.passedWatermark + 1 : world.clockMillis);
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
            call(due, Math.max(due.time(), node.passedWatermark + 1));
        }
    }

    private void call(NaiveStates.Due due, long emittedTimestamp) throws Exception {
        node.firings++;
        states.key = due.key();
        timestamp = emittedTimestamp;
        function.onTimer(due.timer().name(), due.time(), this, this);
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
