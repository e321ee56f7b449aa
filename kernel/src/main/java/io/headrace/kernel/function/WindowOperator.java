package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.function.TimeWindow;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Aggregates the records of each key in tumbling windows of event time.
 *
 * <p>State: {@code slices}, a map from the start of a window to its accumulator. One timer per key
 * stands at the earliest moment at which one of its windows has something to do: fire when the
 * watermark reaches its last millisecond, be forgotten when it reaches that + allowed lateness. A
 * window has fired exactly if its last millisecond is not after the watermark, so that this needs
 * no state of its own.
 */
public final class WindowOperator extends Operator implements KeyedState.TimerTarget {
    private static final StateDeclaration.Kind MAP = StateDeclaration.Kind.MAP;
    private static final TimerDeclaration TIMER =
            new TimerDeclaration("window", TimeDomain.EVENT_TIME);

    private final Step.Window step;
    private final Aggregator<Object, Object, Object> aggregator;
    private final long sizeMillis;
    private final long offsetMillis;
    private final long latenessMillis;
    private final StateDeclaration slicesDeclaration;
    private KeyedState state;
    private MapState<Long, Object> slices;
    private Timer timer;

    /** The window of the last record: most records fall into it too, and save a division. */
    private Long currentStart = Long.MIN_VALUE;

    private long currentEnd = Long.MIN_VALUE;

    /** Creates the operator. */
    public WindowOperator(Step.Window step) {
        this.step = step;
        this.aggregator = step.aggregator();
        this.sizeMillis = step.windows().sizeMillis();
        this.offsetMillis = step.windows().offsetMillis();
        this.latenessMillis = step.windows().allowedLatenessMillis();
        this.slicesDeclaration =
                new StateDeclaration(
                        "slices", MAP, Type.of(Long.class), aggregator.accumulatorType());
    }

    @Override
    public StateLayout layout() {
        return new StateLayout(
                step.name(), step.keyType(), List.of(slicesDeclaration), List.of(TIMER));
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        state = given.state();
        slices = state.map(slicesDeclaration);
        timer = state.timer(TIMER);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        if (timestamp < currentStart || timestamp >= currentEnd) {
            currentStart = timestamp - Math.floorMod(timestamp - offsetMillis, sizeMillis);
            currentEnd = currentStart + sizeMillis;
        }
        final long lastMillis = currentEnd - 1;
        if (lastMillis + latenessMillis <= watermark) {
            onLate(value, timestamp);
            return;
        }
        state.seek(context.key().key, context.key().hash);
        Object accumulator = slices.get(currentStart);
        boolean first = accumulator == null;
        try {
            accumulator = aggregator.add(first ? aggregator.create() : accumulator, value);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        slices.put(currentStart, accumulator);
        boolean fired = lastMillis <= watermark;
        if (first) {
            arm(fired ? lastMillis + latenessMillis : lastMillis);
        }
        if (fired) {
            emitWindow(currentStart, accumulator);
        }
        state.settle();
    }

    private void onLate(Object value, long timestamp) {
        counters.late++;
        if (step.late() != null) {
            side(step.late().name()).emit(value, timestamp);
        }
    }

    private void arm(long time) {
        if (timer.time().isEmpty() || timer.time().getAsLong() > time) {
            timer.set(time);
        }
    }

    @Override
    public boolean work(int budget) {
        return state.fire(TimeDomain.EVENT_TIME, watermark, budget, this);
    }

    /** Fires the windows that are complete at this time, forgets old ones, finds the next time. */
    @Override
    public void onTimer(int index, long time) {
        context.key().key = state.key();
        context.key().hash = state.hash();
        List<Long> due = new ArrayList<>(2);
        long next = Long.MAX_VALUE;
        for (Map.Entry<Long, Object> slice : slices.entries()) {
            long last = slice.getKey() + sizeMillis - 1;
            if (last <= time) {
                due.add(slice.getKey());
            } else {
                next = Math.min(next, last);
            }
        }
        due.sort(null);
        for (Long start : due) {
            next = Math.min(next, onDue(start, time));
        }
        if (next != Long.MAX_VALUE) {
            timer.set(next);
        }
    }

    /** Returns when the window has something to do again. */
    private long onDue(Long start, long time) {
        long last = start + sizeMillis - 1;
        if (last == time) { // Otherwise it fired before and is only kept for late records.
            emitWindow(start, slices.get(start));
        }
        if (last + latenessMillis <= time) {
            slices.remove(start);
            return Long.MAX_VALUE;
        }
        return last + latenessMillis;
    }

    private void emitWindow(Long start, Object accumulator) {
        Object key = context.key().key;
        int hash = context.key().hash;
        Object result;
        try {
            result = aggregator.result(accumulator);
            if (step.function() != null) {
                TimeWindow window = new TimeWindow(start, start + sizeMillis);
                result = step.function().apply(key, window, result);
            }
        } catch (Exception failed) {
            throw failure("window [" + start + ", " + (start + sizeMillis) + ")", failed);
        }
        counters.out++;
        out.emit(result, start + sizeMillis - 1);
        context.key().key = key;
        context.key().hash = hash;
    }
}
