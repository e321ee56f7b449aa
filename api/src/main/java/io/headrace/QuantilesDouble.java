package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToDoubleFn;
import io.headrace.type.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Quantiles of doubles from one sketch; any quantiles keep the same. */
record QuantilesDouble<T>(ToDoubleFn<? super T> function, List<Double> quantiles)
        implements Aggregator<T, KllSketch, List<Double>> {
    private static final Type<KllSketch> ACCUMULATOR =
            Type.of(
                    KllSketch.class,
                    new AccumulatorCodec<>(
                            "agg.quantiles.kll200", KllSketch::write, KllSketch::read));

    QuantilesDouble {
        Objects.requireNonNull(function, "function");
        quantiles = List.copyOf(quantiles);
        if (quantiles.isEmpty() || quantiles.stream().anyMatch(one -> !(one >= 0 && one <= 1))) {
            throw new IllegalArgumentException(
                    "quantiles are from 0 to 1, found "
                            + quantiles
                            + ": write 0.99 for that behind which 1 % of the values are");
        }
    }

    @Override
    public Type<KllSketch> accumulatorType() {
        return ACCUMULATOR;
    }

    @Override
    public Type<List<Double>> resultType() {
        return ContainerTypes.list(Type.of(Double.class));
    }

    @Override
    public KllSketch create() {
        return new KllSketch();
    }

    @Override
    public KllSketch add(KllSketch sketch, T value) throws Exception {
        sketch.add(function.applyAsDouble(value));
        return sketch;
    }

    @Override
    public KllSketch merge(KllSketch first, KllSketch second) {
        first.add(second);
        return first;
    }

    @Override
    public List<Double> result(KllSketch sketch) {
        if (sketch.count() == 0) {
            return null;
        }
        long[] ranks =
                quantiles.stream().mapToLong(quantile -> rank(quantile, sketch.count())).toArray();
        double[] values = sketch.atRanks(ranks);
        return Arrays.stream(values).boxed().toList();
    }

    /** Returns ⌈quantile · count⌉, in decimals: 0.07 · 100 is 7, though not of doubles. */
    private static long rank(double quantile, long count) {
        return BigDecimal.valueOf(quantile)
                .multiply(BigDecimal.valueOf(count))
                .setScale(0, RoundingMode.CEILING)
                .longValue();
    }
}
