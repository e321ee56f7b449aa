package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToLongFn;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Type;

/** Averages longs: an exact sum and one division. */
record AverageLong<T>(ToLongFn<? super T> function)
        implements Aggregator<T, AverageLong.Total, Double> {
    private static final Type<Total> ACCUMULATOR =
            Type.of(
                    Total.class,
                    new AccumulatorCodec<>("agg.average.long", Total::write, Total::read));

    /** The sum and the number of values. */
    static final class Total {
        private final LongTotal sum;
        private long count;

        Total(LongTotal sum, long count) {
            this.sum = sum;
            this.count = count;
        }

        static Total read(BytesIn in) {
            return new Total(LongTotal.read(in), AccumulatorCodec.readCount(in));
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
    public Type<Double> resultType() {
        return Type.of(Double.class);
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public Total create() {
        return new Total(new LongTotal(), 0);
    }

    @Override
    public Total add(Total total, T value) throws Exception {
        total.sum.add(function.applyAsLong(value));
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
    public Double result(Total total) {
        return total.count == 0 ? null : total.sum.rounded() / total.count;
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
