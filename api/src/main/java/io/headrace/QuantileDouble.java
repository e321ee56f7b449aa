package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;
import java.util.List;

/** One quantile, kept as several are. */
record QuantileDouble<T>(QuantilesDouble<T> quantiles) implements Aggregator<T, KllSketch, Double> {
    @Override
    public Type<KllSketch> accumulatorType() {
        return quantiles.accumulatorType();
    }

    @Override
    public Type<Double> resultType() {
        return Type.of(Double.class);
    }

    @Override
    public KllSketch create() {
        return quantiles.create();
    }

    @Override
    public KllSketch add(KllSketch sketch, T value) throws Exception {
        return quantiles.add(sketch, value);
    }

    @Override
    public KllSketch merge(KllSketch first, KllSketch second) {
        return quantiles.merge(first, second);
    }

    @Override
    public Double result(KllSketch sketch) {
        List<Double> found = quantiles.result(sketch);
        return found == null ? null : found.get(0);
    }
}
