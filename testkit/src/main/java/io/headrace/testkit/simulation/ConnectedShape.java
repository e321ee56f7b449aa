package io.headrace.testkit.simulation;

import io.headrace.KeyedStream;
import io.headrace.connector.Sink;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.state.MapState;
import io.headrace.state.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two sources that meet in a function of two inputs. It tells on a side output which input a record
 * came on, and sums both inputs of each key by spans of time when the span is over.
 */
record ConnectedShape() implements Shape {
    private static final long SPAN_MILLIS = 400;
    private static final Side<String> CAME = Side.of("came", String.class);

    @Override
    public int sources() {
        return 2;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> first = canvas.inputs().get(0).keyBy(Measurement::key);
        KeyedStream<String, Measurement> second = canvas.inputs().get(1).keyBy(Measurement::key);
        if (canvas.random().nextBoolean()) {
            first = first.parallelism(canvas.parallelism());
        }
        Sink<String> spans = canvas.sinks().apply("spans");
        first.connect(second).process("both", Both::new).writeTo(spans);
        canvas.pipeline().side(CAME).writeTo(canvas.sinks().apply("came"));
        DeadLetterLines.write(canvas);
    }

    private static long lastOfSpan(Measurement value) {
        return (Math.floorDiv(value.time(), SPAN_MILLIS) + 1) * SPAN_MILLIS - 1;
    }

    private static String came(Measurement value, int input) {
        return value.id() + " on " + input;
    }

    private static String line(String key, long last, long first, long second) {
        return key + "@" + last + "=" + first + "+" + second;
    }

    /** The function. */
    static final class Both extends CoProcessFunction<String, Measurement, Measurement, String> {
        private final MapState<Long, Long> first = mapState("first", Long.class, Long.class);
        private final MapState<Long, Long> second = mapState("second", Long.class, Long.class);
        private final Timer due = eventTimeTimer("due");

        Both() {
            sideOutput(CAME);
        }

        @Override
        public void processFirst(Measurement value, Context<String> context, Output<String> out) {
            add(first, value);
            context.emit(CAME, came(value, 1));
        }

        @Override
        public void processSecond(Measurement value, Context<String> context, Output<String> out) {
            add(second, value);
            context.emit(CAME, came(value, 2));
        }

        private void add(MapState<Long, Long> sums, Measurement value) {
            long last = lastOfSpan(value);
            Long before = sums.get(last);
            sums.put(last, (before == null ? 0 : before) + value.amount());
            if (due.time().isEmpty() || due.time().getAsLong() > last) {
                due.set(last);
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(line(context.key(), time, take(first, time), take(second, time)));
            long next = Math.min(earliest(first), earliest(second));
            if (next != Long.MAX_VALUE) {
                due.set(next);
            }
        }

        private static long take(MapState<Long, Long> sums, long last) {
            Long sum = sums.get(last);
            sums.remove(last);
            return sum == null ? 0 : sum;
        }

        private static long earliest(MapState<Long, Long> sums) {
            long earliest = Long.MAX_VALUE;
            for (Map.Entry<Long, Long> sum : sums.entries()) {
                earliest = Math.min(earliest, sum.getKey());
            }
            return earliest;
        }
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        Map<String, List<Measurement>> spans = new TreeMap<>();
        for (SplitData split : splits) {
            for (Measurement item : split.items()) {
                if (item != null && item.key() != null) {
                    spans.computeIfAbsent(
                                    item.key() + "@" + lastOfSpan(item), any -> new ArrayList<>())
                            .add(item);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<Measurement> items : spans.values()) {
            Measurement any = items.get(0);
            lines.add(
                    line(any.key(), lastOfSpan(any), sum(items, splits, 0), sum(items, splits, 1)));
        }
        return Map.of(
                "spans",
                Expected.timed(lines),
                "came",
                Expected.immediate(splits, ConnectedShape::cameOf),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> true));
    }

    private static long sum(List<Measurement> items, List<SplitData> splits, int source) {
        return items.stream()
                .filter(item -> Workload.sourceOf(splits.get(item.split()), 2) == source)
                .mapToLong(Measurement::amount)
                .sum();
    }

    private static List<String> cameOf(SplitData split, int index) {
        Measurement item = split.items().get(index);
        return item == null || item.key() == null
                ? List.of()
                : List.of(came(item, 1 + Workload.sourceOf(split, 2)));
    }
}
