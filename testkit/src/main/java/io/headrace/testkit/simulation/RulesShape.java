package io.headrace.testkit.simulation;

import io.headrace.BroadcastStream;
import io.headrace.KeyedStream;
import io.headrace.connector.Sink;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Output;
import io.headrace.state.MapState;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records of one source that see what those of another one, the rules, say for their key at their
 * time; and keys that tell at the end of each span of time how many records they had, and how many
 * rules there are by then. No record is late.
 */
record RulesShape() implements Shape {
    private static final long SPAN_MILLIS = 400;

    @Override
    public int sources() {
        return 2;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> keyed = canvas.inputs().get(0).keyBy(Measurement::key);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        BroadcastStream<Measurement> rules = canvas.inputs().get(1).broadcast();
        Sink<String> seen = canvas.sinks().apply("seen");
        keyed.connect(rules).process("ruled", Ruled::new).writeTo(seen);
        DeadLetterLines.write(canvas);
    }

    private static long lastOfSpan(long time) {
        return (Math.floorDiv(time, SPAN_MILLIS) + 1) * SPAN_MILLIS - 1;
    }

    private static String nameOf(Measurement rule) {
        return rule.key() == null ? "none" : rule.key();
    }

    private static String line(Measurement record, long sum) {
        return record.id() + " sees " + sum;
    }

    private static String spanLine(String key, long last, long count, long rules) {
        return key + "@" + last + "=" + count + " among " + rules;
    }

    /** The function. */
    static final class Ruled
            extends BroadcastProcessFunction<String, Measurement, Measurement, String> {
        private final MapState<String, Long> sums =
                broadcastState("sums", String.class, Long.class);
        private final MapState<String, Long> total =
                broadcastState("total", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);
        private final Timer due = eventTimeTimer("due");

        @Override
        public void processControl(Measurement rule, ControlContext context) {
            add(sums, nameOf(rule), rule.amount());
            add(total, "rules", 1);
        }

        private static void add(MapState<String, Long> map, String name, long more) {
            map.put(name, get(map, name) + more);
        }

        private static long get(MapState<String, Long> map, String name) {
            Long value = map.get(name);
            return value == null ? 0 : value;
        }

        @Override
        public void process(Measurement value, Context<String> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            due.set(lastOfSpan(context.timestamp()));
            out.emit(line(value, get(sums, context.key())));
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(spanLine(context.key(), time, count.get(), get(total, "rules")));
            count.clear();
        }
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        List<Measurement> records = new ArrayList<>();
        List<Measurement> rules = new ArrayList<>();
        for (SplitData split : splits) {
            boolean record = Workload.sourceOf(split, 2) == 0;
            for (Measurement item : split.items()) {
                if (item != null && !record) {
                    rules.add(item);
                } else if (item != null && item.key() != null) {
                    records.add(item);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        Map<String, Map<Long, Long>> spans = new TreeMap<>();
        for (Measurement record : records) {
            lines.add(line(record, sum(record, rules)));
            spans.computeIfAbsent(record.key(), any -> new TreeMap<>())
                    .merge(lastOfSpan(record.time()), 1L, Long::sum);
        }
        spans.forEach(
                (key, counts) ->
                        counts.forEach(
                                (last, count) ->
                                        lines.add(spanLine(key, last, count, upTo(last, rules)))));
        return Map.of(
                "seen",
                Expected.timed(lines),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> Workload.sourceOf(split, 2) == 0));
    }

    private static long sum(Measurement record, List<Measurement> rules) {
        return rules.stream()
                .filter(rule -> rule.time() <= record.time())
                .filter(rule -> nameOf(rule).equals(record.key()))
                .mapToLong(Measurement::amount)
                .sum();
    }

    private static long upTo(long time, List<Measurement> rules) {
        return rules.stream().filter(rule -> rule.time() <= time).count();
    }
}
