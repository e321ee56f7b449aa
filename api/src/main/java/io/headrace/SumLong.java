package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToLongFn;
import io.headrace.type.Type;

/** Sums longs exactly. */
record SumLong<T>(ToLongFn<? super T> function) implements Aggregator<T, LongTotal, Long> {
    private static final Type<LongTotal> ACCUMULATOR =
            Type.of(
                    LongTotal.class,
                    new AccumulatorCodec<>("agg.sum.long", LongTotal::write, LongTotal::read));

    @Override
    public Type<LongTotal> accumulatorType() {
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
    public LongTotal create() {
        return new LongTotal();
    }

    @Override
    public LongTotal add(LongTotal total, T value) throws Exception {
        total.add(function.applyAsLong(value));
        return total;
    }

    @Override
    public LongTotal merge(LongTotal first, LongTotal second) {
        first.add(second);
        return first;
    }

    @Override
    public Long result(LongTotal total) {
        return total.exact();
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public LongTotal subtract(LongTotal total, LongTotal expired) {
        total.subtract(expired);
        return total;
    }
}
