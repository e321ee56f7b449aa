package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.math.BigDecimal;

/** Sums decimals exactly. */
record SumDecimal<T>(Fn<? super T, BigDecimal> function)
        implements Aggregator<T, DecimalTotal, BigDecimal> {
    private static final Type<DecimalTotal> ACCUMULATOR =
            Type.of(
                    DecimalTotal.class,
                    new AccumulatorCodec<>(
                            "agg.sum.decimal", DecimalTotal::write, DecimalTotal::read));

    @Override
    public Type<DecimalTotal> accumulatorType() {
        return ACCUMULATOR;
    }

    @Override
    public Type<BigDecimal> resultType() {
        return Type.of(BigDecimal.class);
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public DecimalTotal create() {
        return new DecimalTotal();
    }

    @Override
    public DecimalTotal add(DecimalTotal total, T value) throws Exception {
        total.add(function.apply(value));
        return total;
    }

    @Override
    public DecimalTotal merge(DecimalTotal first, DecimalTotal second) {
        first.add(second);
        return first;
    }

    @Override
    public BigDecimal result(DecimalTotal total) {
        return total.result();
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public DecimalTotal subtract(DecimalTotal total, DecimalTotal expired) {
        total.subtract(expired);
        return total;
    }
}
