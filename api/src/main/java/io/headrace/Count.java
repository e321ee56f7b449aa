package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;

/** Counts values. */
record Count<T>() implements Aggregator<T, Count.Total, Long> {
    private static final Type<Total> ACCUMULATOR =
            Type.of(
                    Total.class,
                    new AccumulatorCodec<>(
                            "agg.count",
                            (total, out) -> out.writeVarLong(total.count),
                            in -> new Total(AccumulatorCodec.readCount(in))));

    /** The count so far. */
    static final class Total {
        private long count;

        Total(long count) {
            this.count = count;
        }
    }

    @Override
    public Type<Total> accumulatorType() {
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
    public Total create() {
        return new Total(0);
    }

    @Override
    public Total add(Total total, T value) {
        total.count = Math.incrementExact(total.count);
        return total;
    }

    @Override
    public Total merge(Total first, Total second) {
        first.count = Math.addExact(first.count, second.count);
        return first;
    }

    @Override
    public Long result(Total total) {
        return total.count;
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public Total subtract(Total total, Total expired) {
        total.count -= expired.count;
        return total;
    }
}
