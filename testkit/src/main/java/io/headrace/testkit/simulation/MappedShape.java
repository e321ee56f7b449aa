package io.headrace.testkit.simulation;

import io.headrace.DataStream;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ValueState;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Filter and map, with records that move in between now and then. Beside it a function numbers the
 * records of each bucket: keys and state are plain numbers, which have a store of their own. Some
 * records go to every subtask of a step.
 */
record MappedShape(Spread spread) implements Shape {
    /** How records move before they are mapped. */
    enum Spread {
        NOT,
        IN_TURN,
        BY_FUNCTION,
        BY_RANGE
    }

    /** How many subtasks get each rule. */
    private static final int RULE_COPIES = 2;

    @Override
    public int sources() {
        return 1;
    }

    @Override
    public void build(Canvas canvas) {
        DataStream<Measurement> kept =
                canvas.inputs().get(0).filter(value -> value.amount() % 3 != 0);
        kept.keyBy(MappedShape::bucket)
                .process("number", Numbers::new)
                .writeTo(canvas.sinks().apply("numbered"));
        kept.filter(MappedShape::isRule)
                .broadcast()
                .map(MappedShape::line)
                .parallelism(RULE_COPIES)
                .writeTo(canvas.sinks().apply("rules"));
        kept =
                switch (spread) {
                    case NOT -> kept;
                    case IN_TURN -> kept.rebalance().parallelism(canvas.parallelism());
                    case BY_FUNCTION ->
                            kept.partitionBy(MappedShape::subtask)
                                    .parallelism(canvas.parallelism());
                    case BY_RANGE ->
                            kept.partitionByRange(Measurement::amount, List.of(5L, 20L, 50L))
                                    .parallelism(canvas.parallelism())
                                    .unkeyed();
                };
        kept.map(MappedShape::line).writeTo(canvas.sinks().apply("mapped"));
        DeadLetterLines.write(canvas);
    }

    private static int subtask(Measurement value, int subtasks) {
        return (int) Math.floorMod(value.amount(), (long) subtasks);
    }

    /** Buckets are of one split, so that the order of their records is defined. */
    private static long bucket(Measurement value) {
        return (long) value.split() << 32 | value.amount() % 7;
    }

    private static String numbered(Measurement value, long number) {
        return value.id() + "#" + number;
    }

    /** The function. */
    static final class Numbers extends ProcessFunction<Long, Measurement, String> {
        private final ValueState<Long> number = valueState("number", Long.class);

        @Override
        public void process(Measurement value, Context<Long> context, Output<String> out) {
            Long before = number.get();
            long next = before == null || before == 5 ? 1 : before + 1;
            if (before != null && before == 5) {
                number.clear();
            }
            number.set(next);
            out.emit(numbered(value, next));
        }
    }

    private static boolean isRule(Measurement value) {
        return value.amount() % 5 == 0;
    }

    private static String line(Measurement value) {
        return value.id() + "=" + value.amount() * 2;
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        Map<Long, String> numbers = new HashMap<>();
        for (SplitData split : splits) {
            Map<Long, Integer> counts = new HashMap<>();
            for (Measurement item : split.items()) {
                if (kept(item)) {
                    int before = counts.merge(bucket(item), 1, Integer::sum) - 1;
                    numbers.put(item.id(), numbered(item, before % 5 + 1));
                }
            }
        }
        return Map.of(
                "mapped",
                Expected.immediate(
                        splits, (split, index) -> shown(split, index, MappedShape::line)),
                "rules",
                Expected.immediate(splits, MappedShape::rules),
                "numbered",
                Expected.immediate(
                        splits,
                        (split, index) -> shown(split, index, item -> numbers.get(item.id()))),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> false));
    }

    private static List<String> rules(SplitData split, int index) {
        Measurement item = split.items().get(index);
        return kept(item) && isRule(item)
                ? Collections.nCopies(RULE_COPIES, line(item))
                : List.of();
    }

    private static boolean kept(Measurement item) {
        return item != null && item.amount() % 3 != 0;
    }

    private static List<String> shown(
            SplitData split, int index, Function<Measurement, String> line) {
        Measurement item = split.items().get(index);
        return kept(item) ? List.of(line.apply(item)) : List.of();
    }
}
