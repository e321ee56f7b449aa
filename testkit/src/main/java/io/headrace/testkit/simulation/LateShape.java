package io.headrace.testkit.simulation;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Windows;
import io.headrace.function.Side;
import io.headrace.function.TimeWindow;
import io.headrace.kernel.time.SplitWatermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Windows over records that come later than the source has promised. One split, read by one
 * subtask: so it is known of each record whether it is late, or makes a window emit once more.
 *
 * @param boundMillis what the source has promised
 */
record LateShape(long boundMillis, long sizeMillis, long latenessMillis) implements Shape {
    static final String LATE_SINK = "late";
    private static final Side<Measurement> LATE = Side.of("late", Measurement.class);

    @Override
    public int sources() {
        return 1;
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> keyed = canvas.inputs().get(0).keyBy(Measurement::key);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        keyed.window(Windows.tumbling(Duration.ofMillis(sizeMillis)))
                .allowedLateness(Duration.ofMillis(latenessMillis))
                .lateTo(LATE)
                .aggregate(
                        "totals",
                        Aggregates.sumLong(Measurement::amount),
                        (String key, TimeWindow window, Long sum) ->
                                line(key, window.startMillis(), sum))
                .writeTo(canvas.sinks().apply("windows"));
        canvas.pipeline()
                .side(LATE)
                .map(value -> "late " + value.id())
                .writeTo(canvas.sinks().apply(LATE_SINK));
        DeadLetterLines.write(canvas);
    }

    private static String line(String key, long start, long sum) {
        return key + "@" + start + "=" + sum;
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        Evaluation evaluation = new Evaluation();
        splits.get(0).items().stream().filter(item -> item != null).forEach(evaluation::add);
        evaluation.advance(Long.MAX_VALUE);
        return Map.of(
                "windows",
                Expected.timed(evaluation.lines),
                LATE_SINK,
                Expected.timed(evaluation.late),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> true));
    }

    /** Goes through the records once, with the watermark of the split. */
    private final class Evaluation {
        final List<String> lines = new ArrayList<>();
        final List<String> late = new ArrayList<>();
        private final Map<String, TreeMap<Long, Long>> sums = new TreeMap<>();
        private long watermark = Long.MIN_VALUE;
        private long maxTime = Long.MIN_VALUE;
        private int records;

        void add(Measurement item) {
            if (item.key() != null) {
                addToWindow(item);
            }
            maxTime = Math.max(maxTime, item.time());
            if (++records % SplitWatermark.RECORDS_PER_ADVANCE == 0) {
                advance(maxTime - boundMillis - 1);
            }
        }

        private void addToWindow(Measurement item) {
            long start = Math.floorDiv(item.time(), sizeMillis) * sizeMillis;
            long last = start + sizeMillis - 1;
            if (last + latenessMillis <= watermark) {
                late.add("late " + item.id());
                return;
            }
            long sum =
                    sums.computeIfAbsent(item.key(), any -> new TreeMap<>())
                            .merge(start, item.amount(), Long::sum);
            if (last <= watermark) {
                lines.add(line(item.key(), start, sum));
            }
        }

        void advance(long to) {
            sums.forEach(
                    (key, windows) ->
                            windows.forEach(
                                    (start, sum) -> {
                                        long last = start + sizeMillis - 1;
                                        if (last > watermark && last <= to) {
                                            lines.add(line(key, start, sum));
                                        }
                                    }));
            watermark = Math.max(watermark, to);
        }
    }
}
