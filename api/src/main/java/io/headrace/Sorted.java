package io.headrace;

import io.headrace.function.Context;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import io.headrace.state.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the records of a key until the input ends, and emits them sorted. State: {@code records},
 * in the order of their arrival, and once they are sorted in that order.
 *
 * <p>The timer {@code sort} stands at a time that only the end of the input reaches. Timers of
 * ranges stand one behind the other, so that the ranges of a subtask come in their order. {@code
 * emit} stands at the same time until all are emitted, a few at a time, so that nothing has to wait
 * for all of them.
 */
final class Sorted<K, T, C extends Comparable<? super C>> extends ProcessFunction<K, T, T> {
    /** The first time that no watermark but that of the end reaches, as far as anybody knows. */
    static final long END_MILLIS = Long.MAX_VALUE - 1 - KeyRange.COUNT_MAX;

    /** Bounds what one call emits. */
    private static final int RECORDS_PER_CALL = 64;

    private final Fn<? super T, ? extends C> by;
    private final int recordsMax;
    private final TimeSeries<T> records;
    private final Timer sort = eventTimeTimer("sort");
    private final Timer emit = eventTimeTimer("emit");

    Sorted(Fn<? super T, ? extends C> by, int recordsMax, ValueType<T> type) {
        this.by = by;
        this.recordsMax = recordsMax;
        this.records = timeSeries("records", type.type());
    }

    /** A record and what it is sorted by. */
    private record Placed<T, C>(C place, T value) {}

    @Override
    public void process(T value, Context<K> context, Output<T> out) throws Exception {
        if (records.size() == recordsMax) {
            throw new IllegalStateException(
                    "there are more than "
                            + recordsMax
                            + " records of one key: raise the limit of sort, now "
                            + recordsMax
                            + ", if there is memory for them, or make more ranges");
        }
        placed(value); // What cannot be sorted is named when it comes, and not at the end.
        records.add(0, value);
        if (records.size() == 1) {
            sort.set(endOf(context.key()));
        }
    }

    private static long endOf(Object key) {
        return key instanceof KeyRange range ? END_MILLIS + range.index() : END_MILLIS;
    }

    private Placed<T, C> placed(T value) throws Exception {
        C place = by.apply(value);
        if (place == null) {
            throw new NullPointerException(
                    "the function of sort returned null: drop such records with filter before");
        }
        return new Placed<>(place, value);
    }

    @Override
    public void onTimer(String timer, long time, Context<K> context, Output<T> out)
            throws Exception {
        if (timer.equals("sort")) {
            sortAll();
        } else {
            int count = Math.min(RECORDS_PER_CALL, records.size());
            List<TimedValue<T>> first = List.copyOf(records.all().subList(0, count));
            records.removeBefore(first.get(count - 1).time() + 1);
            first.forEach(each -> out.emit(each.value()));
        }
        if (records.size() > 0) {
            emit.set(time);
        }
    }

    /** Equal ones stay in the order of their arrival. Their times become their places. */
    private void sortAll() throws Exception {
        List<Placed<T, C>> all = new ArrayList<>(records.size());
        for (TimedValue<T> each : records.all()) {
            all.add(placed(each.value()));
        }
        all.sort(Comparator.comparing(Placed::place));
        records.clear();
        for (int i = 0; i < all.size(); i++) {
            records.add(i, all.get(i).value());
        }
    }
}
