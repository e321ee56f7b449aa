package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.util.Objects;

/** Estimates the number of different values from a sketch of their hashes. */
record DistinctApproximate<T>(Fn<? super T, ?> function)
        implements Aggregator<T, HyperLogLog, Long> {
    private static final Type<HyperLogLog> ACCUMULATOR =
            Type.of(
                    HyperLogLog.class,
                    new AccumulatorCodec<>(
                            "agg.distinct.hll14", HyperLogLog::write, HyperLogLog::read));

    DistinctApproximate {
        Objects.requireNonNull(function, "function");
        Type.resultOf(function).ifPresent(ValueHash::check);
    }

    @Override
    public Type<HyperLogLog> accumulatorType() {
        return ACCUMULATOR;
    }

    @Override
    public Type<Long> resultType() {
        return Type.of(Long.class);
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public HyperLogLog create() {
        return new HyperLogLog();
    }

    @Override
    public HyperLogLog add(HyperLogLog sketch, T value) throws Exception {
        Object selected = function.apply(value);
        if (selected == null) {
            throw new NullPointerException(
                    "the function of distinctApproximate returned null: drop such records with"
                            + " filter before");
        }
        sketch.add(ValueHash.of(selected));
        return sketch;
    }

    @Override
    public HyperLogLog merge(HyperLogLog first, HyperLogLog second) {
        first.add(second);
        return first;
    }

    @Override
    public Long result(HyperLogLog sketch) {
        return sketch.estimate();
    }
}
