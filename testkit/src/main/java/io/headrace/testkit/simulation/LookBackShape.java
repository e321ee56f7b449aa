package io.headrace.testkit.simulation;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Overflow;
import io.headrace.Windows;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.TimeWindow;
import io.headrace.state.ValueState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks back in the order of time over two widths; now and then the results go on into windows by
 * another key. Beside it the records are sorted by time for a function. The records of a key are in
 * several splits; what comes out does not name a record, because the order of those of one time is
 * not defined.
 *
 * @param subtracts whether the aggregate can be taken off a running total
 */
record LookBackShape(long widthMillis, boolean subtracts, boolean windowed) implements Shape {
    private static final int WINDOW_WIDTHS = 3;

    /**
     * The result for one record.
     *
     * @param bucket the key of the windows behind it
     */
    public record Back(String key, long time, String bucket, long narrow, long wide) {}

    @Override
    public int sources() {
        return 1;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> keyed = canvas.inputs().get(0).keyBy(Measurement::key);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        KeyedStream<String, Back> backs =
                keyed.lookBack(Duration.ofMillis(widthMillis), Duration.ofMillis(widthMillis * 4))
                        .ordered()
                        .aggregate(
                                "look-back",
                                subtracts
                                        ? Aggregates.sumLong(Measurement::amount)
                                        : Aggregates.maxLong(Measurement::amount),
                                (Measurement value, List<Long> results) ->
                                        back(value, results.get(0), results.get(1)));
        keyed.sortByTime("sort", Integer.MAX_VALUE, Overflow.FAIL)
                .process("gap", Gaps::new)
                .writeTo(canvas.sinks().apply("gaps"));
        backs.map(Back::toString).writeTo(canvas.sinks().apply("backs"));
        if (windowed) {
            backs.keyBy(Back::bucket)
                    .window(Windows.tumbling(Duration.ofMillis(widthMillis * WINDOW_WIDTHS)))
                    .aggregate(
                            "sums",
                            Aggregates.sumLong(Back::wide),
                            (String key, TimeWindow window, Long sum) ->
                                    key + "@" + window.startMillis() + "=" + sum)
                    .writeTo(canvas.sinks().apply("windows"));
        }
        DeadLetterLines.write(canvas);
    }

    /** Emits with each record the time of the one before it, which depends on their order. */
    static final class Gaps extends ProcessFunction<String, Measurement, String> {
        private final ValueState<Long> last = valueState("last", Long.class);

        @Override
        public void process(Measurement value, Context<String> context, Output<String> out) {
            out.emit(gap(value, last.get()));
            last.set(value.time());
        }
    }

    private static String gap(Measurement value, Long last) {
        return value.key() + ": " + last + " to " + value.time();
    }

    private static Back back(Measurement value, long narrow, long wide) {
        return new Back(value.key(), value.time(), "b" + value.amount() % 3, narrow, wide);
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        List<String> backs = new ArrayList<>();
        Map<String, Long> windows = new HashMap<>();
        Map<String, List<Measurement>> byKey = new HashMap<>();
        splits.stream()
                .flatMap(split -> split.items().stream())
                .filter(item -> item != null && item.key() != null)
                .sorted(Comparator.comparingLong(Measurement::time)) // Stable.
                .forEach(
                        item ->
                                byKey.computeIfAbsent(item.key(), any -> new ArrayList<>())
                                        .add(item));
        byKey.values().forEach(items -> evaluate(items, backs, windows));
        List<String> sums = new ArrayList<>();
        windows.forEach((window, sum) -> sums.add(window + "=" + sum));
        Map<String, Expected> expected = new HashMap<>();
        expected.put("backs", Expected.timed(backs));
        expected.put("gaps", Expected.timed(gaps(byKey.values())));
        expected.put(DeadLetterLines.SINK, DeadLetterLines.expect(splits, (split, item) -> true));
        if (windowed) {
            expected.put("windows", Expected.timed(sums));
        }
        return expected;
    }

    private static List<String> gaps(Collection<List<Measurement>> keys) {
        List<String> gaps = new ArrayList<>();
        for (List<Measurement> items : keys) {
            Long last = null;
            for (Measurement item : items) {
                gaps.add(gap(item, last));
                last = item.time();
            }
        }
        return gaps;
    }

    private void evaluate(List<Measurement> items, List<String> backs, Map<String, Long> windows) {
        long size = widthMillis * WINDOW_WIDTHS;
        for (int i = 0; i < items.size(); i++) {
            Measurement item = items.get(i);
            Back back = back(item, over(items, i, widthMillis), over(items, i, widthMillis * 4));
            backs.add(back.toString());
            long start = Math.floorDiv(item.time(), size) * size;
            windows.merge(back.bucket() + "@" + start, back.wide(), Long::sum);
        }
    }

    private long over(List<Measurement> items, int last, long width) {
        long result = 0;
        long after = items.get(last).time() - width;
        for (int i = last; i >= 0 && items.get(i).time() > after; i--) {
            long amount = items.get(i).amount();
            result = subtracts ? result + amount : Math.max(result, amount);
        }
        return result;
    }
}
