package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.function.Output;
import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import io.headrace.graph.Step;
import io.headrace.graph.WindowOutput;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.KeyedState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import java.util.List;
import java.util.Objects;

/** What all windowed aggregates have in common: one timer per key, and what a firing emits. */
abstract class WindowedOperator extends Operator implements KeyedState.TimerTarget, Output<Object> {
    static final TimerDeclaration TIMER = new TimerDeclaration("window", TimeDomain.EVENT_TIME);

    private static final String NULL_RESULT =
            "the function returned null: a record must not be null";

    final Step.Window step;
    final Aggregator<Object, Object, Object> aggregator;
    final long latenessMillis;
    KeyedState state;
    private Timer timer;
    private long outTimestamp;

    WindowedOperator(Step.Window step) {
        this.step = step;
        this.aggregator = step.aggregator();
        this.latenessMillis = step.firing().allowedLatenessMillis();
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        state = given.state();
        timer = state.timer(TIMER);
    }

    @Override
    public boolean work(int budget) {
        return state.fire(TimeDomain.EVENT_TIME, watermark, budget, this);
    }

    /** Lets the timer of the key fire at a time, or before. */
    final void arm(long time) {
        if (timer.time().isEmpty() || timer.time().getAsLong() > time) {
            timer.set(time);
        }
    }

    /** Nothing is left to do for the key. */
    final void disarm() {
        timer.clear();
    }

    /** Emits what a window gives; its accumulator is only read. */
    final void emitWindow(long start, long end, Object accumulator, long timestamp) {
        outTimestamp = timestamp;
        final WindowOutput output = step.output();
        Object result;
        try {
            result = aggregator.result(accumulator);
            if (output instanceof WindowOutput.OfWindow window) {
                TimeWindow bounds = new TimeWindow(start, end);
                result = window.function().apply(state.key(), bounds, result);
            } else if (output instanceof WindowOutput.OfAll all) {
                List<Object> records = WindowOutput.OfAll.records(result);
                all.function().process(state.key(), new TimeWindow(start, end), records, this);
                return;
            }
            Objects.requireNonNull(result, NULL_RESULT);
        } catch (Exception failed) {
            throw failure(state.key(), "window [" + start + ", " + end + ")", failed);
        }
        emit(result);
    }

    /** Emits a pane: as a window, unless a function wants to know which pane it is. */
    final void emitPane(TimeWindow window, Pane pane, Object accumulator, long timestamp) {
        final WindowOutput output = step.output();
        outTimestamp = timestamp;
        Object result;
        try {
            if (output instanceof WindowOutput.OfPane each) {
                result = aggregator.result(accumulator);
                result = each.function().apply(state.key(), window, pane, result);
                Objects.requireNonNull(result, NULL_RESULT);
            } else if (output instanceof WindowOutput.OfAllOfPane all) {
                List<Object> records = WindowOutput.OfAll.records(aggregator.result(accumulator));
                all.function().process(state.key(), window, pane, records, this);
                return;
            } else {
                emitWindow(window.startMillis(), window.endMillis(), accumulator, timestamp);
                return;
            }
        } catch (Exception failed) {
            throw failure(state.key(), shown(window), failed);
        }
        emit(result);
    }

    private static String shown(TimeWindow window) {
        return "window [" + window.startMillis() + ", " + window.endMillis() + ")";
    }

    @Override
    public final void emit(Object result) {
        Objects.requireNonNull(result, NULL_RESULT);
        counters.out++;
        context.key().key = state.key();
        context.key().hash = state.hash();
        out.emit(result, outTimestamp);
    }
}
