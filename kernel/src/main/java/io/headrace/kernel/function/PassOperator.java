package io.headrace.kernel.function;

import io.headrace.kernel.chain.Operator;

/** Passes records on: a merge, a rebalance, a stream of dead letters. */
public final class PassOperator extends Operator {
    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        counters.out++;
        out.emit(value, timestamp);
    }
}
