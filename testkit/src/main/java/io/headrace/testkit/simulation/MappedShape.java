package io.headrace.testkit.simulation;

import io.headrace.DataStream;
import java.util.List;
import java.util.Map;

/** Filter and map, with a rebalance in between now and then. */
record MappedShape(boolean rebalanced) implements Shape {
    @Override
    public int sources() {
        return 1;
    }

    @Override
    public void build(Canvas canvas) {
        DataStream<Measurement> kept =
                canvas.inputs().get(0).filter(value -> value.amount() % 3 != 0);
        if (rebalanced) {
            kept = kept.rebalance().parallelism(canvas.parallelism());
        }
        kept.map(MappedShape::line).writeTo(canvas.sinks().apply("mapped"));
        DeadLetterLines.write(canvas);
    }

    private static String line(Measurement value) {
        return value.id() + "=" + value.amount() * 2;
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        return Map.of(
                "mapped",
                Expected.immediate(
                        splits,
                        (split, index) -> {
                            Measurement item = split.items().get(index);
                            return item == null || item.amount() % 3 == 0
                                    ? List.of()
                                    : List.of(line(item));
                        }),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> false));
    }
}
