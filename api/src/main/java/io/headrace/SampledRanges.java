package io.headrace;

import io.headrace.function.Context;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ListState;
import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the range of each record by boundaries that it takes from the first records. State: {@code
 * waiting}, the records so far, until there are enough; then {@code boundaries}, for ever, and
 * {@code complete}, since there may be none.
 *
 * <p>All records have one key, so that there is one sample. The timer {@code end} makes do with the
 * records that there are when the input ends.
 */
final class SampledRanges<T, C extends Comparable<? super C>>
        extends ProcessFunction<Boolean, T, SampledRanges.Ranged<T>> {
    /** Enough for a hundred records of each of as many ranges as there may be. */
    static final int SAMPLE_MAX = 100 * KeyRange.COUNT_MAX;

    private final Fn<? super T, ? extends C> key;
    private final int count;
    private final int sampleSize;
    private final TimeSeries<T> waiting;
    private final ListState<C> boundaries;
    private final ValueState<Boolean> complete = valueState("complete", Boolean.class);
    private final Timer end = eventTimeTimer("end");

    /** What the state says; null until it was read. */
    private Ranges<T, C> ranges;

    SampledRanges(
            Fn<? super T, ? extends C> key,
            Sample sample,
            ValueType<T> records,
            ValueType<C> values) {
        this.key = key;
        this.count = sample.ranges();
        this.sampleSize = sample.size();
        this.waiting = timeSeries("waiting", records.type());
        this.boundaries = listState("boundaries", values.type());
    }

    /**
     * How many ranges there are, and of how many records.
     *
     * @param ranges 2 to {@link KeyRange#COUNT_MAX}
     * @param size 1 to {@link #SAMPLE_MAX}
     */
    record Sample(int ranges, int size) implements java.io.Serializable {
        Sample {
            if (ranges < 2 || ranges > KeyRange.COUNT_MAX) {
                throw new IllegalArgumentException(
                        "partitionByRange makes "
                                + ranges
                                + " ranges, must be 2 to "
                                + KeyRange.COUNT_MAX);
            }
            if (size < 1 || size > SAMPLE_MAX) {
                throw new IllegalArgumentException(
                        "the sample of partitionByRange has "
                                + size
                                + " records, must be 1 to "
                                + SAMPLE_MAX);
            }
        }
    }

    /** A record and its range, on their way to its subtask. */
    record Ranged<T>(KeyRange range, T value) {}

    /** Takes the record out again. */
    static final class Unranged<T> implements Fn<Ranged<T>, T> {
        private static final long serialVersionUID = 1L;

        @Override
        public T apply(Ranged<T> ranged) {
            return ranged.value();
        }
    }

    @Override
    public void process(T value, Context<Boolean> context, Output<Ranged<T>> out) throws Exception {
        if (ranges == null && complete.get() != null) {
            ranges = ranges();
        }
        if (ranges != null) {
            out.emit(ranged(value));
            return;
        }
        waiting.add(0, value);
        if (waiting.size() >= sampleSize) {
            complete(out);
        } else if (waiting.size() == 1) {
            end.set(Sorted.END_MILLIS);
        }
    }

    @Override
    public void onTimer(String timer, long time, Context<Boolean> context, Output<Ranged<T>> out)
            throws Exception {
        complete(out);
    }

    private void complete(Output<Ranged<T>> out) throws Exception {
        List<T> held = new ArrayList<>();
        List<C> sample = new ArrayList<>();
        for (TimedValue<T> each : waiting.all()) {
            held.add(each.value());
            sample.add(key.apply(each.value()));
        }
        sample.sort(null);
        List<C> found = new ArrayList<>();
        for (int range = 1; range < count; range++) {
            found.add(sample.get((int) ((long) range * sample.size() / count)));
        }
        boundaries.set(found);
        complete.set(true);
        waiting.clear();
        end.clear();
        ranges = ranges();
        for (T each : held) {
            out.emit(ranged(each));
        }
    }

    private Ranges<T, C> ranges() {
        List<C> found = new ArrayList<>();
        boundaries.get().forEach(found::add);
        return Ranges.sampled(key, found);
    }

    private Ranged<T> ranged(T value) throws Exception {
        return new Ranged<>(ranges.apply(value), value);
    }
}
