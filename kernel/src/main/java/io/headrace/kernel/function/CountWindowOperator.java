package io.headrace.kernel.function;

import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.math.BigInteger;
import java.util.List;

/**
 * Aggregates the records of each key in windows of counts; a global window is one that is never
 * complete.
 *
 * <p>State: {@code count}, how many records have come, and {@code slices}, a series of
 * (accumulator, earliest time, latest time) by the number of the slice: a slice is as many records
 * as the greatest common divisor of size and slide. The timer stands at the end of event time, for
 * the window that is not complete then.
 */
public final class CountWindowOperator extends WindowedOperator {
    private static final int ACCUMULATOR = 0;
    private static final int EARLIEST = 1;
    private static final int LATEST = 2;

    /** The latest time of a timer: the watermark reaches it only at the end of the input. */
    private static final long END_OF_TIME = Long.MAX_VALUE - 1;

    private static final StateDeclaration COUNT =
            new StateDeclaration("count", StateDeclaration.Kind.VALUE, null, Type.of(Long.class));

    private final long size;
    private final long slide;
    private final long slice;
    private final StateDeclaration slicesDeclaration;
    private ValueState<Long> count;
    private SeriesState<Object[]> slices;
    private long passedWatermark = Long.MIN_VALUE;

    /** Creates the operator. */
    public CountWindowOperator(Step.Window step) {
        super(step);
        boolean counted = step.windows() instanceof WindowShape.Counted;
        this.size = counted ? ((WindowShape.Counted) step.windows()).size() : Long.MAX_VALUE;
        this.slide = counted ? ((WindowShape.Counted) step.windows()).slide() : Long.MAX_VALUE;
        this.slice = BigInteger.valueOf(size).gcd(BigInteger.valueOf(slide)).longValue();
        Type<Long> time = Type.of(Long.class);
        this.slicesDeclaration =
                new StateDeclaration(
                        "slices",
                        StateDeclaration.Kind.SERIES,
                        null,
                        Type.tuple(List.of(aggregator.accumulatorType(), time, time)));
    }

    @Override
    public StateLayout layout() {
        return new StateLayout(
                step.name(), step.keyType(), List.of(slicesDeclaration, COUNT), List.of(TIMER));
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        count = state.value(COUNT);
        slices = state.series(slicesDeclaration);
        passedWatermark = watermark; // After a restore it had passed this far before.
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        state.seek(context.key().key, context.key().hash);
        final long before = count.get() == null ? 0 : count.get();
        try {
            add(before / slice, value, timestamp);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        final long now = before + 1;
        if (now % slide == 0) {
            fire(now);
        }
        if (now % slide == 0 && size == slide) {
            count.clear();
            disarm();
        } else {
            count.set(now);
            arm(END_OF_TIME);
        }
        state.settle();
    }

    private void add(long number, Object value, long timestamp) throws Exception {
        int place = slices.find(number);
        if (place < 0) {
            Object accumulator = aggregator.add(aggregator.create(), value);
            slices.insert(number, new Object[] {accumulator, timestamp, timestamp});
            return;
        }
        final Object[] before = slices.value(place);
        before[ACCUMULATOR] = aggregator.add(before[ACCUMULATOR], value);
        before[EARLIEST] = Math.min((Long) before[EARLIEST], timestamp);
        before[LATEST] = Math.max((Long) before[LATEST], timestamp);
        slices.set(place, before);
    }

    /** Fires the window of the last records, and forgets those that the next does not have. */
    private void fire(long now) {
        final Object[] first = slices.value(0);
        Object total = first[ACCUMULATOR];
        long earliest = (Long) first[EARLIEST];
        long latest = (Long) first[LATEST];
        try {
            for (int place = 1; place < slices.size(); place++) {
                Object[] next = slices.value(place);
                total = place == 1 ? aggregator.merge(aggregator.create(), total) : total;
                total = aggregator.merge(total, next[ACCUMULATOR]);
                earliest = Math.min(earliest, (Long) next[EARLIEST]);
                latest = Math.max(latest, (Long) next[LATEST]);
            }
        } catch (Exception failed) {
            throw failure(state.key(), "window of records up to number " + now, failed);
        }
        emitWindow(earliest, latest + 1, total, Math.max(latest, passedWatermark + 1));
        int forgotten = 0;
        while (forgotten < slices.size()
                && (slices.time(forgotten) + 1) * slice <= now + slide - size) {
            forgotten++;
        }
        slices.removeFirst(forgotten);
    }

    @Override
    public boolean work(int budget) {
        if (super.work(budget)) {
            return true;
        }
        passedWatermark = watermark;
        return false;
    }

    /** The input has ended: fires the window that is not complete, and forgets the key. */
    @Override
    public void onTimer(int index, long time) {
        final long now = count.get();
        if (now % slide != 0) {
            fire(now);
        }
        slices.removeFirst(slices.size());
        count.clear();
    }
}
