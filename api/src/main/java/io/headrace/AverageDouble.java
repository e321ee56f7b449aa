package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToDoubleFn;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Type;

/** Averages doubles: a compensated sum and one division. */
record AverageDouble<T>(ToDoubleFn<? super T> function)
        implements Aggregator<T, AverageDouble.Total, Double> {
    private static final Type<Total> ACCUMULATOR =
            Type.of(
                    Total.class,
                    new AccumulatorCodec<>("agg.average.double", Total::write, Total::read));

    /** The sum and the number of values. */
    static final class Total {
        private final DoubleTotal sum;
        private long count;

        Total(DoubleTotal sum, long count) {
            this.sum = sum;
            this.count = count;
        }

        static Total read(BytesIn in) {
            return new Total(DoubleTotal.read(in), AccumulatorCodec.readCount(in));
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
    public Total create() {
        return new Total(new DoubleTotal(), 0);
    }

    @Override
    public Total add(Total total, T value) throws Exception {
        total.sum.add(function.applyAsDouble(value));
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
        return total.count == 0 ? null : total.sum.result() / total.count;
    }
}
