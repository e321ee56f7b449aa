package io.headrace.engine;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.connector.Sink;
import io.headrace.function.Context;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A pipeline with a window, a look-back and a process step, and what it must give. */
public final class Workload {
    static final Duration OUT_OF_ORDERNESS = Duration.ofMillis(20);
    private static final int SPLITS = 4;
    private static final int KEYS = 40;
    private static final long WINDOW_MILLIS = 100;

    final int recordsPerSplit;
    final List<List<Event>> splits = new ArrayList<>();

    Workload(int recordsPerSplit, SplittableRandom random) {
        this.recordsPerSplit = recordsPerSplit;
        for (int split = 0; split < SPLITS; split++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < recordsPerSplit; i++) {
                String key = "k" + random.nextInt(KEYS);
                long time = i + random.nextInt(21) - 20;
                events.add(new Event(key, time, (long) i * SPLITS + split));
            }
            splits.add(events);
        }
    }

    long records() {
        return (long) recordsPerSplit * SPLITS;
    }

    ListSource source() {
        return ListSource.bounded(OUT_OF_ORDERNESS, splits);
    }

    /** Counts the records of each key; a timer counts the times it had nothing to do. */
    static final class Running extends ProcessFunction<String, Event, String> {
        private final ValueState<Long> count = valueState("count", Long.class);
        private final Timer close = eventTimeTimer("close");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            long now = count.get() == null ? 1 : count.get() + 1;
            count.set(now);
            close.set(1_000_000);
            out.emit("running " + event.key() + " " + now);
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit("closed " + context.key() + " " + count.get());
            count.clear();
        }
    }

    Pipeline pipeline(ListSource source, Sink<Object> sink) {
        return pipeline(source, sink, event -> event);
    }

    /** Builds the pipeline; the function stands behind keyBy, under the name {@code map-2}. */
    Pipeline pipeline(ListSource source, Sink<Object> sink, Fn<Event, Event> function) {
        Pipeline pipeline = Pipeline.create("workload");
        KeyedStream<String, Event> keyed =
                pipeline.readFrom(source)
                        .keyBy(Event::key, Type.of(String.class))
                        .map(function)
                        .as(Type.of(Event.class));
        keyed.window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)))
                .aggregate(
                        "sums",
                        Aggregates.sumLong(Event::value),
                        (key, window, sum) -> "sum " + key + " " + window.startMillis() + " " + sum)
                .writeTo("sums-out", sink);
        keyed.lookBack(Duration.ofMillis(50))
                .ordered()
                .aggregate(
                        "history",
                        Aggregates.count(),
                        (event, counts) -> "history " + event.value() + " " + counts)
                .writeTo("history-out", sink);
        keyed.process("running", Running::new).writeTo("running-out", sink);
        return pipeline;
    }

    /** Returns what is published in the end, sorted; histories are checked by their number. */
    List<String> expected() {
        List<String> expected = new ArrayList<>();
        Map<String, Long> sums = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        splits.forEach(
                events ->
                        events.forEach(
                                event -> {
                                    long start =
                                            Math.floorDiv(event.time(), WINDOW_MILLIS)
                                                    * WINDOW_MILLIS;
                                    sums.merge(event.key() + " " + start, event.value(), Long::sum);
                                    long count = counts.merge(event.key(), 1L, Long::sum);
                                    expected.add("running " + event.key() + " " + count);
                                }));
        sums.forEach((window, sum) -> expected.add("sum " + window + " " + sum));
        counts.forEach((key, count) -> expected.add("closed " + key + " " + count));
        expected.sort(null);
        return expected;
    }

    /** Returns what was published without the histories, whose ties depend on the merge order. */
    static List<String> withoutHistories(List<String> published) {
        return published.stream().filter(line -> !line.startsWith("history")).toList();
    }

    static List<String> histories(List<String> published) {
        return published.stream()
                .filter(line -> line.startsWith("history"))
                .map(line -> line.split(" ")[1])
                .sorted()
                .toList();
    }

    List<String> expectedHistories() {
        return splits.stream()
                .flatMap(List::stream)
                .map(event -> Long.toString(event.value()))
                .sorted()
                .toList();
    }
}
