package io.headrace.testkit.simulation;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Windows;
import io.headrace.function.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Windows per key over one source, or over two that are merged and also written as they are. */
record WindowedShape(int sources, long sizeMillis) implements Shape {
    /** Count and sum of a window. */
    public record Total(long count, long sum) {}

    @Override
    public void build(Canvas canvas) {
        DataStream<Measurement> all = canvas.inputs().get(0);
        if (sources == 2) {
            all = all.merge(canvas.inputs().get(1).filter(value -> value.amount() % 2 == 0));
            all.map(value -> Long.toString(value.id())).writeTo(canvas.sinks().apply("merged"));
        }
        KeyedStream<String, Measurement> keyed = all.keyBy(Measurement::key);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        keyed.window(Windows.tumbling(Duration.ofMillis(sizeMillis)))
                .aggregate(
                        "totals",
                        Aggregates.combined(
                                Aggregates.count(),
                                Aggregates.sumLong(Measurement::amount),
                                Total::new),
                        (String key, TimeWindow window, Total total) ->
                                key + "@" + window.startMillis() + "=" + total)
                .writeTo(canvas.sinks().apply("windows"));
        DeadLetterLines.write(canvas);
    }

    private boolean kept(SplitData split, Measurement item) {
        return item != null && (Workload.sourceOf(split, sources) == 0 || item.amount() % 2 == 0);
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        Map<String, List<Measurement>> windows = new HashMap<>();
        for (SplitData split : splits) {
            for (Measurement item : split.items()) {
                if (kept(split, item) && item.key() != null) {
                    long start = Math.floorDiv(item.time(), sizeMillis) * sizeMillis;
                    String window = item.key() + "@" + start;
                    windows.computeIfAbsent(window, any -> new ArrayList<>()).add(item);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        windows.forEach(
                (window, items) -> {
                    long sum = items.stream().mapToLong(Measurement::amount).sum();
                    lines.add(window + "=" + new Total(items.size(), sum));
                });
        Map<String, Expected> expected = new HashMap<>();
        expected.put("windows", Expected.timed(lines));
        expected.put(DeadLetterLines.SINK, DeadLetterLines.expect(splits, this::kept));
        if (sources == 2) {
            expected.put("merged", merged(splits));
        }
        return expected;
    }

    private Expected merged(List<SplitData> splits) {
        return Expected.immediate(
                splits,
                (split, index) -> {
                    Measurement item = split.items().get(index);
                    return kept(split, item) ? List.of(Long.toString(item.id())) : List.of();
                });
    }
}
