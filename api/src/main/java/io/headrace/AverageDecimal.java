package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Type;
import java.math.BigDecimal;

/** Averages decimals: an exact sum and one division. */
record AverageDecimal<T>(Fn<? super T, BigDecimal> function)
        implements Aggregator<T, AverageDecimal.Total, BigDecimal> {
    private static final Type<Total> ACCUMULATOR =
            Type.of(
                    Total.class,
                    new AccumulatorCodec<>("agg.average.decimal", Total::write, Total::read));

    /** The sum and the number of values. */
    static final class Total {
        private final DecimalTotal sum;
        private long count;

        Total(DecimalTotal sum, long count) {
            this.sum = sum;
            this.count = count;
        }

        static Total read(BytesIn in) {
            return new Total(DecimalTotal.read(in), AccumulatorCodec.readCount(in));
        }

        void write(BytesOut out) {
            sum.write(out);
            out.writeVarLong(count);
        }
    }

    @Override
    public Type<Total> accumulatorType() {
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
    public Total create() {
        return new Total(new DecimalTotal(), 0);
    }

    @Override
    public Total add(Total total, T value) throws Exception {
        total.sum.add(function.apply(value));
        total.count++;
        return total;
    }

    @Override
    public Total merge(Total first, Total second) {
        first.sum.add(second.sum);
        first.count += second.count;
        return first;
    }

    @Override
    public BigDecimal result(Total total) {
        return total.count == 0
                ? null
                : total.sum.result().divide(BigDecimal.valueOf(total.count), Aggregates.DIVISION);
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public Total subtract(Total total, Total expired) {
        total.sum.subtract(expired.sum);
        total.count -= expired.count;
        return total;
    }
}
