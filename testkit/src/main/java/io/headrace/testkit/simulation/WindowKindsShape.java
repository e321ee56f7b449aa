package io.headrace.testkit.simulation;

import static java.util.stream.Collectors.groupingBy;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Triggers;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.function.Aggregator;
import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One keyed stream with a window of each kind: hopping, sessions, days and counts, and with windows
 * that fire early by the number of their records. No record is late, and keys belong to one split
 * each, so that the order of their records is known.
 *
 * @param sizeMillis of the hopping windows; all else follows from it
 */
record WindowKindsShape(long sizeMillis) implements Shape {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private long slideMillis() {
        return 1 + sizeMillis / 3;
    }

    private long gapMillis() {
        return 1 + sizeMillis / 20;
    }

    private int records() {
        return 2 + (int) (sizeMillis % 5);
    }

    private int every() {
        return 1 + (int) (sizeMillis % records());
    }

    private boolean discards() {
        return sizeMillis % 4 == 0;
    }

    @Override
    public int sources() {
        return 1;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> keyed =
                canvas.inputs().get(0).keyBy(Measurement::keyOfSplit);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        add(canvas, keyed, "hopping", Windows.hopping(millis(sizeMillis), millis(slideMillis())));
        add(canvas, keyed, "sessions", Windows.session(millis(gapMillis())));
        add(canvas, keyed, "days", Windows.days(ZoneOffset.UTC));
        add(canvas, keyed, "counts", Windows.slidingCount(records(), every()));
        addTriggered(canvas, keyed);
        DeadLetterLines.write(canvas);
    }

    private void addTriggered(Canvas canvas, KeyedStream<String, Measurement> keyed) {
        WindowedStream<String, Measurement> triggered =
                keyed.window(Windows.tumbling(millis(sizeMillis)))
                        .trigger(Triggers.afterWatermark().early(Triggers.everyRecords(records())));
        (discards() ? triggered.discarding() : triggered.accumulating())
                .aggregate(
                        "sum-panes",
                        Aggregates.sumLong(Measurement::amount),
                        (String key, TimeWindow window, Pane pane, Long sum) ->
                                paneLine(key, window.startMillis(), pane, sum))
                .writeTo(canvas.sinks().apply("panes"));
    }

    private static String paneLine(String key, long start, Pane pane, long sum) {
        return key + "@" + start + " " + pane.timing() + " " + pane.index() + ": " + sum;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static void add(
            Canvas canvas, KeyedStream<String, Measurement> keyed, String name, Windows windows) {
        Aggregator<Measurement, ?, Long> sum = Aggregates.sumLong(Measurement::amount);
        keyed.window(windows)
                .aggregate(
                        "sum-" + name,
                        sum,
                        (String key, TimeWindow window, Long total) ->
                                line(key, window.startMillis(), window.endMillis(), total))
                .writeTo(canvas.sinks().apply(name));
    }

    private static String line(String key, long start, long end, long sum) {
        return key + "[" + start + "," + end + ")" + sum;
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        Map<String, List<Measurement>> byKey = new TreeMap<>();
        for (SplitData split : splits) {
            for (Measurement item : split.items()) {
                if (item != null && item.key() != null) {
                    byKey.computeIfAbsent(item.keyOfSplit(), any -> new ArrayList<>()).add(item);
                }
            }
        }
        return Map.of(
                "hopping",
                lines(byKey, (items, sums) -> aligned(items, sizeMillis, slideMillis(), sums)),
                "days",
                lines(byKey, (items, sums) -> aligned(items, DAY_MILLIS, DAY_MILLIS, sums)),
                "sessions",
                lines(byKey, this::sessions),
                "counts",
                lines(byKey, this::counts),
                "panes",
                panes(byKey),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> true));
    }

    /** Returns the lines of all windows; each is computed with its bounds and its sum. */
    private static Expected lines(
            Map<String, List<Measurement>> byKey,
            BiConsumer<List<Measurement>, Map<TimeWindow, List<Long>>> windows) {
        List<String> lines = new ArrayList<>();
        byKey.forEach(
                (key, items) -> {
                    Map<TimeWindow, List<Long>> sums = new TreeMap<>(WindowKindsShape::compare);
                    windows.accept(items, sums);
                    sums.forEach(
                            (window, each) ->
                                    each.forEach(
                                            sum ->
                                                    lines.add(
                                                            line(
                                                                    key,
                                                                    window.startMillis(),
                                                                    window.endMillis(),
                                                                    sum))));
                });
        return Expected.timed(lines);
    }

    private static int compare(TimeWindow one, TimeWindow other) {
        int starts = Long.compare(one.startMillis(), other.startMillis());
        return starts != 0 ? starts : Long.compare(one.endMillis(), other.endMillis());
    }

    private static void aligned(
            List<Measurement> items, long size, long slide, Map<TimeWindow, List<Long>> sums) {
        for (Measurement item : items) {
            long start = Math.floorDiv(item.time(), slide) * slide;
            for (; start + size > item.time(); start -= slide) {
                sums.merge(
                        new TimeWindow(start, start + size),
                        List.of(item.amount()),
                        (sum, amount) -> List.of(sum.get(0) + amount.get(0)));
            }
        }
    }

    private void sessions(List<Measurement> items, Map<TimeWindow, List<Long>> sums) {
        long start = Long.MIN_VALUE;
        long end = Long.MIN_VALUE;
        long sum = 0;
        for (Measurement item :
                items.stream()
                        .sorted((one, other) -> Long.compare(one.time(), other.time()))
                        .toList()) {
            if (item.time() >= end) {
                if (end > start) {
                    sums.put(new TimeWindow(start, end), List.of(sum));
                }
                start = item.time();
                sum = 0;
            }
            end = item.time() + gapMillis();
            sum += item.amount();
        }
        sums.put(new TimeWindow(start, end), List.of(sum));
    }

    /** Windows of counts may have equal bounds. */
    private void counts(List<Measurement> items, Map<TimeWindow, List<Long>> sums) {
        for (int until = every(); until < items.size() + every(); until += every()) {
            List<Measurement> window =
                    items.subList(Math.max(0, until - records()), Math.min(until, items.size()));
            long earliest = window.stream().mapToLong(Measurement::time).min().orElseThrow();
            long latest = window.stream().mapToLong(Measurement::time).max().orElseThrow();
            sums.computeIfAbsent(new TimeWindow(earliest, latest + 1), any -> new ArrayList<>())
                    .add(window.stream().mapToLong(Measurement::amount).sum());
        }
    }

    private Expected panes(Map<String, List<Measurement>> byKey) {
        List<String> lines = new ArrayList<>();
        byKey.forEach(
                (key, items) ->
                        items.stream()
                                .collect(groupingBy(item -> item.time() / sizeMillis))
                                .forEach(
                                        (window, held) ->
                                                panes(key, window * sizeMillis, held, lines)));
        return Expected.timed(lines);
    }

    /** Early panes with each so many-th record; at the end all, or what no pane has shown. */
    private void panes(String key, long start, List<Measurement> held, List<String> lines) {
        long sum = 0;
        for (int i = 1; i <= held.size(); i++) {
            sum += held.get(i - 1).amount();
            if (i % records() == 0) {
                Pane pane = new Pane(i / records() - 1, Pane.Timing.EARLY, false);
                lines.add(paneLine(key, start, pane, sum));
                sum = discards() ? 0 : sum;
            }
        }
        if (!discards() || held.size() % records() != 0) {
            Pane pane = new Pane(held.size() / records(), Pane.Timing.ON_TIME, true);
            lines.add(paneLine(key, start, pane, sum));
        }
    }
}
