package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.state.AggregatingState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeSeries;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A process function with every kind of state, and timers. It numbers the records of each key on a
 * side output, sums them by spans of time when the span is over, and echoes each record by a timer
 * that is overdue where there is a watermark already. A second function behind it sees whether
 * anything comes late.
 */
record ProcessShape() implements Shape {
    private static final long SPAN_MILLIS = 300;
    private static final long ECHO_MILLIS = 2_000;
    private static final Side<String> NUMBERED = Side.of("numbered", String.class);

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
        keyed.process("by-span", Spans::new)
                .process("in-time", InTime::new)
                .writeTo(canvas.sinks().apply("spans"));
        canvas.pipeline().side(NUMBERED).writeTo(canvas.sinks().apply("numbers"));
        DeadLetterLines.write(canvas);
    }

    private static long endOf(Measurement value) {
        return (Math.floorDiv(value.time(), SPAN_MILLIS) + 1) * SPAN_MILLIS;
    }

    private static String line(String key, long end, long sum, int count) {
        return key + "@" + end + "=" + sum + "/" + count;
    }

    /** The function. */
    static final class Spans extends ProcessFunction<String, Measurement, String> {
        private final ReducingState<Long> number = reducingState("number", Long.class, Long::sum);
        private final AggregatingState<Measurement, Long> count =
                aggregatingState("count", Aggregates.count());
        private final TimeSeries<Long> times = timeSeries("times", Long.class);
        private final ListState<Long> ends = listState("ends", Long.class);
        private final MapState<Long, Long> sums = mapState("sums", Long.class, Long.class);
        private final ValueState<String> echoed = valueState("echoed", String.class);
        private final Timer echo = eventTimeTimer("echo");
        private final Timer due = eventTimeTimer("due");

        Spans() {
            sideOutput(NUMBERED);
        }

        @Override
        public void process(Measurement value, Context<String> context, Output<String> out) {
            number.add(1L);
            count.add(value);
            require(number.get().equals(count.get()), "%s and %s", number.get(), count.get());
            context.emit(NUMBERED, value.id() + "#" + number.get());
            times.add(value.time(), value.id());
            long end = endOf(value);
            Long sum = sums.get(end);
            sums.put(end, (sum == null ? 0 : sum) + value.amount());
            ends.add(end);
            if (due.time().isEmpty() || due.time().getAsLong() > end - 1) {
                due.set(end - 1);
            }
            long before = context.timestamp() - ECHO_MILLIS;
            if (before <= context.watermark()) {
                echoed.set("echo " + value.id());
                echo.set(before);
            } else {
                out.emit("echo " + value.id());
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            if (timer.equals("echo")) {
                out.emit(echoed.get());
                echoed.clear();
                return;
            }
            long end = time + 1;
            List<Long> others = new ArrayList<>();
            int count = times.range(end - SPAN_MILLIS, end).size();
            times.removeBefore(end); // Earlier spans have had their timer.
            long next = Long.MAX_VALUE;
            for (long other : ends.get()) {
                if (other != end) {
                    others.add(other);
                    next = Math.min(next, other);
                }
            }
            out.emit(line(context.key(), end, sums.get(end), count));
            ends.set(others);
            sums.remove(end);
            if (next != Long.MAX_VALUE) {
                due.set(next - 1);
            }
        }
    }

    /** Passes lines on and marks those that the watermark has overtaken. */
    static final class InTime extends ProcessFunction<String, String, String> {
        @Override
        public void process(String line, Context<String> context, Output<String> out) {
            out.emit(context.timestamp() > context.watermark() ? line : line + " late");
        }
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        Map<String, List<Measurement>> spans = new HashMap<>();
        Map<Long, String> numbers = new HashMap<>();
        for (SplitData split : splits) {
            Map<String, Integer> counts = new HashMap<>();
            for (Measurement item : split.items()) {
                if (item != null && item.key() != null) {
                    int number = counts.merge(item.key(), 1, Integer::sum);
                    numbers.put(item.id(), item.id() + "#" + number);
                    String span = item.keyOfSplit() + "@" + endOf(item);
                    spans.computeIfAbsent(span, any -> new ArrayList<>()).add(item);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        numbers.keySet().forEach(id -> lines.add("echo " + id));
        for (List<Measurement> items : spans.values()) {
            Measurement first = items.get(0);
            long sum = items.stream().mapToLong(Measurement::amount).sum();
            lines.add(line(first.keyOfSplit(), endOf(first), sum, items.size()));
        }
        return Map.of(
                "spans",
                Expected.timed(lines),
                "numbers",
                Expected.immediate(splits, (split, index) -> number(split, index, numbers)),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> true));
    }

    private static List<String> number(SplitData split, int index, Map<Long, String> numbers) {
        Measurement item = split.items().get(index);
        return item == null || item.key() == null ? List.of() : List.of(numbers.get(item.id()));
    }
}
