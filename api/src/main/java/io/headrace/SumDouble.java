package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToDoubleFn;
import io.headrace.type.Type;

/** Sums doubles with compensation; never subtracts, since that would drift. */
record SumDouble<T>(ToDoubleFn<? super T> function) implements Aggregator<T, DoubleTotal, Double> {
    private static final Type<DoubleTotal> ACCUMULATOR =
            Type.of(
                    DoubleTotal.class,
                    new AccumulatorCodec<>(
                            "agg.sum.double", DoubleTotal::write, DoubleTotal::read));

    @Override
    public Type<DoubleTotal> accumulatorType() {
        return ACCUMULATOR;
    }

    @Override
    public Type<Double> resultType() {
        return Type.of(Double.class);
    }

    @Override
    public DoubleTotal create() {
        return new DoubleTotal();
    }

    @Override
    public DoubleTotal add(DoubleTotal total, T value) throws Exception {
        total.add(function.applyAsDouble(value));
        return total;
    }

    @Override
    public DoubleTotal merge(DoubleTotal first, DoubleTotal second) {
        first.add(second);
        return first;
    }

    @Override
    public Double result(DoubleTotal total) {
        return total.result();
    }
}
