package io.headrace.kernel.function;

import io.headrace.graph.Step;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import java.util.List;

/**
 * Aggregates the records of each key in windows of event time whose bounds are known beforehand:
 * tumbling, hopping, days.
 *
 * <p>State: {@code slices}, a series of one accumulator per slice, by its start; a window is the
 * merge of its slices. One timer per key stands at the earliest moment at which one of its slices
 * has something to do: let a window fire when the watermark reaches its last millisecond, be
 * forgotten when it reaches the last millisecond of its last window + the allowed lateness. A
 * window has fired exactly if its last millisecond is not after the watermark, so that this needs
 * no state of its own.
 *
 * <p>Slices are after J. Li et al., "No Pane, No Gain", SIGMOD Record 34(1), 2005.
 */
public final class WindowOperator extends WindowedOperator {
    private final WindowTimes times;
    private final StateDeclaration slicesDeclaration;
    private SeriesState<Object> slices;

    /** The slice of the last record: most records fall into it too, and save a division. */
    private long currentStart = Long.MIN_VALUE;

    private long currentEnd = Long.MIN_VALUE;

    /** The last milliseconds of the first and of the last window that contain it. */
    private long currentFirst;

    private long currentLast;

    /** Creates the operator. */
    public WindowOperator(Step.Window step) {
        super(step);
        this.times = WindowTimes.of(step.windows());
        this.slicesDeclaration =
                new StateDeclaration(
                        "slices", StateDeclaration.Kind.SERIES, null, aggregator.accumulatorType());
    }

    @Override
    public StateLayout layout() {
        return new StateLayout(
                step.name(), step.keyType(), List.of(slicesDeclaration), List.of(TIMER));
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        slices = state.series(slicesDeclaration);
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        if (timestamp < currentStart || timestamp >= currentEnd) {
            moveTo(timestamp);
        }
        if (value instanceof PartialAggregate partial) {
            onPartial(partial, timestamp);
            return;
        }
        counters.in++;
        if (currentLast + latenessMillis <= watermark) {
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
            arm(nextTime(currentStart, watermark));
        } else {
            slices.set(place, accumulator);
        }
        if (currentFirst <= watermark) {
            fireAgain();
        }
        state.settle();
    }

    private void moveTo(long timestamp) {
        currentStart = times.sliceStart(timestamp);
        currentEnd = times.sliceEnd(currentStart);
        currentFirst = times.firstEnd(currentStart) - 1;
        currentLast = times.lastEnd(currentStart) - 1;
    }

    /**
     * Takes what many records of the current slice have been aggregated to before the exchange.
     * They are late together or not at all, and no window has to fire again for each of them, since
     * two phases are planned only without allowed lateness.
     */
    private void onPartial(PartialAggregate partial, long timestamp) {
        assert latenessMillis == 0 && step.late() == null : "two phases are not for such windows";
        counters.in += partial.count();
        if (currentLast <= watermark) {
            counters.late += partial.count() - 1;
            onLate(null, partial.latest(), timestamp);
            return;
        }
        state.seek(context.key().key, context.key().hash);
        int place = slices.find(currentStart);
        if (place < 0) {
            slices.insert(currentStart, partial.accumulator());
            arm(nextTime(currentStart, watermark));
        } else {
            try {
                Object merged = aggregator.merge(slices.value(place), partial.accumulator());
                slices.set(place, merged);
            } catch (Exception failed) {
                throw failure("slice that starts at " + currentStart, failed);
            }
        }
        state.settle();
    }

    /** Returns when a slice has something to do after a time: fire, or be forgotten. */
    private long nextTime(long start, long time) {
        final long first = times.firstEnd(start) - 1;
        if (first > time) {
            return first;
        }
        final long last = times.lastEnd(start) - 1;
        return last > time ? times.nextEnd(time + 1) - 1 : last + latenessMillis;
    }

    /** A record has come for windows that have fired, and that are not forgotten. */
    private void fireAgain() {
        final long fired = Math.min(currentLast, watermark);
        for (long last = currentFirst; last <= fired; last = times.nextEnd(last + 1) - 1) {
            if (last + latenessMillis > watermark) {
                fire(last + 1);
            }
        }
    }

    /** Fires the window that ends at this time, forgets old slices, finds the next time. */
    @Override
    public void onTimer(int index, long time) {
        if (times.nextEnd(time) == time + 1) {
            fire(time + 1);
        }
        int forgotten = 0;
        long next = Long.MAX_VALUE;
        for (int place = 0; place < slices.size(); place++) {
            final long start = slices.time(place);
            if (times.lastEnd(start) - 1 + latenessMillis <= time) {
                forgotten = place + 1;
            } else {
                next = Math.min(next, nextTime(start, time));
            }
        }
        slices.removeFirst(forgotten);
        if (next != Long.MAX_VALUE) {
            arm(next);
        }
    }

    /** Fires the window that ends here, unless it is empty. */
    private void fire(long end) {
        final long start = times.windowStart(end);
        Object total = null;
        int count = 0;
        for (int place = 0; place < slices.size(); place++) {
            if (slices.time(place) >= start && slices.time(place) < end) {
                total = count == 0 ? slices.value(place) : merged(total, place, count, end);
                count++;
            }
        }
        if (count > 0) {
            emitWindow(start, end, total, end - 1);
        }
    }

    /** Merges a slice into the total of those before it, which from the second on is its own. */
    private Object merged(Object total, int place, int count, long end) {
        try {
            Object own = count == 1 ? aggregator.merge(aggregator.create(), total) : total;
            return aggregator.merge(own, slices.value(place));
        } catch (Exception failed) {
            throw failure(state.key(), "window that ends at " + end, failed);
        }
    }
}
