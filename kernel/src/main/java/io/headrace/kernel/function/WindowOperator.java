package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.function.TimeWindow;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import java.util.List;

/**
 * Aggregates the records of each key in tumbling windows of event time.
 *
 * <p>State: {@code slices}, a series of one accumulator per window, by its start. One timer per key
 * stands at the earliest moment at which one of its windows has something to do: fire when the
 * watermark reaches its last millisecond, be forgotten when it reaches that + allowed lateness. A
 * window has fired exactly if its last millisecond is not after the watermark, so that this needs
 * no state of its own.
 */
public final class WindowOperator extends Operator implements KeyedState.TimerTarget {
    private static final StateDeclaration.Kind SERIES = StateDeclaration.Kind.SERIES;
    private static final TimerDeclaration TIMER =
            new TimerDeclaration("window", TimeDomain.EVENT_TIME);

    private final Step.Window step;
    private final Aggregator<Object, Object, Object> aggregator;
    private final long sizeMillis;
    private final long offsetMillis;
    private final long latenessMillis;
    private final StateDeclaration slicesDeclaration;
    private KeyedState state;
    private SeriesState<Object> slices;
    private Timer timer;

    /** The window of the last record: most records fall into it too, and save a division. */
    private long currentStart = Long.MIN_VALUE;

    private long currentEnd = Long.MIN_VALUE;

    /** Creates the operator. */
    public WindowOperator(Step.Window step) {
        this.step = step;
        this.aggregator = step.aggregator();
        this.sizeMillis = step.windows().sizeMillis();
        this.offsetMillis = step.windows().offsetMillis();
        this.latenessMillis = step.windows().allowedLatenessMillis();
        this.slicesDeclaration =
                new StateDeclaration("slices", SERIES, null, aggregator.accumulatorType());
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
        slices = state.series(slicesDeclaration);
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
            onLate(step.late(), value, timestamp);
            return;
        }
        state.seek(context.key().key, context.key().hash);
        int place = slices.find(currentStart);
        boolean first = place < 0;
        Object accumulator;
        try {
            accumulator = first ? aggregator.create() : slices.value(place);
            accumulator = aggregator.add(accumulator, value);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        if (first) {
            slices.insert(currentStart, accumulator);
        } else {
            slices.set(place, accumulator);
        }
        boolean fired = lastMillis <= watermark;
        if (first) {
            arm(fired ? lastMillis + latenessMillis : lastMillis);
        }
        if (fired) {
            emitWindow(currentStart, accumulator);
        }
        state.settle();
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
        int forgotten = 0;
        long next = Long.MAX_VALUE;
        for (int place = 0; place < slices.size(); place++) {
            final long last = slices.time(place) + sizeMillis - 1;
            if (last == time) { // Earlier ones have fired before and wait for late records.
                emitWindow(slices.time(place), slices.value(place));
            }
            if (last + latenessMillis <= time) {
                forgotten = place + 1;
            } else {
                next = Math.min(next, last > time ? last : last + latenessMillis);
            }
        }
        slices.removeFirst(forgotten);
        if (next != Long.MAX_VALUE) {
            timer.set(next);
        }
    }

    private void emitWindow(long start, Object accumulator) {
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
            throw failure(shown(start), failed);
        }
        if (result == null) {
            throw failure(shown(start), nullResult());
        }
        counters.out++;
        out.emit(result, start + sizeMillis - 1);
        context.key().key = key;
        context.key().hash = hash;
    }

    private String shown(long start) {
        return "window [" + start + ", " + (start + sizeMillis) + ")";
    }
}
