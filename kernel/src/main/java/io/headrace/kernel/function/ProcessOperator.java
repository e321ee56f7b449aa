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
 * Runs a user's process function, of one input or of two.
 *
 * <p>Timestamp of what a timer emits: event time, the larger of its time and the last watermark
 * that was passed on + 1; processing time, that watermark + 1, or the clock while there is none.
 */
public final class ProcessOperator extends Operator
        implements Context<Object>, Output<Object>, KeyedState.TimerTarget {
    private final StateLayout layout;
    private final StatefulFunction<Object, Object> function;
    private final Set<String> declaredSides = new HashSet<>();
    private KeyedState state;
    private long timestamp;
    private long passedWatermark = Long.MIN_VALUE;

    /** Creates the operator of one function object. */
    public ProcessOperator(StateLayout layout, StatefulFunction<Object, Object> function) {
        this.layout = layout;
        this.function = function;
        function.sideOutputs().forEach(side -> declaredSides.add(side.name()));
    }

    @Override
    public StateLayout layout() {
        return layout;
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        state = given.state();
        function.declaredStates().connect(state);
        passedWatermark = watermark; // After a restore it had passed this far before.
    }

    @Override
    public void process(int input, Object value, long recordTimestamp) {
        counters.in++;
        timestamp = recordTimestamp;
        state.seek(context.key().key, context.key().hash);
        try {
            function.processInput(input, value, this, this);
        } catch (Exception failed) {
            throw failure(state.key(), value, failed);
        }
        state.settle();
        fireOverdue();
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
        if (state.fire(TimeDomain.EVENT_TIME, watermark, budget, this)) {
            return true;
        }
        passedWatermark = watermark;
        return false;
    }

    @Override
    public void onTimer(int timer, long time) {
        timestamp = Math.max(time, passedWatermark + 1);
        call(timer, time);
    }

    @Override
    public boolean onProcessingTime(long millis, int budget) {
        boolean more =
                state.fire(TimeDomain.PROCESSING_TIME, millis, budget, this::onProcessingTimer);
        fireOverdue();
        return more;
    }

    private void onProcessingTimer(int timer, long time) {
        timestamp =
                passedWatermark == Long.MIN_VALUE ? context.clock().millis() : passedWatermark + 1;
        call(timer, time);
    }

    private void call(int timer, long time) {
        context.key().key = state.key();
        context.key().hash = state.hash();
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
        // A function emits under its own key, whatever keyed steps behind it did to the slot.
        context.key().key = state.key();
        context.key().hash = state.hash();
        out.emit(value, timestamp);
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
        return context.clock().millis();
    }
}
