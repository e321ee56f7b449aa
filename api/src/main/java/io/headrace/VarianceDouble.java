package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToDoubleFn;
import io.headrace.type.Type;
import java.util.Objects;

/** The sample variance of doubles, or its root. Both keep the same. */
record VarianceDouble<T>(ToDoubleFn<? super T> function, boolean root)
        implements Aggregator<T, Moments, Double> {
    private static final Type<Moments> ACCUMULATOR =
            Type.of(
                    Moments.class,
                    new AccumulatorCodec<>("agg.variance.double", Moments::write, Moments::read));

    VarianceDouble {
        Objects.requireNonNull(function, "function");
    }

    @Override
    public Type<Moments> accumulatorType() {
        return ACCUMULATOR;
    }

    @Override
    public Type<Double> resultType() {
        return Type.of(Double.class);
    }

    @Override
    public Moments create() {
        return new Moments();
    }

    @Override
    public Moments add(Moments moments, T value) throws Exception {
        moments.add(function.applyAsDouble(value));
        return moments;
    }

    @Override
    public Moments merge(Moments first, Moments second) {
        first.add(second);
        return first;
    }

    @Override
    public Double result(Moments moments) {
        if (moments.count() == 0) {
            return null;
        }
        return root ? Math.sqrt(moments.sampleVariance()) : moments.sampleVariance();
    }
}
