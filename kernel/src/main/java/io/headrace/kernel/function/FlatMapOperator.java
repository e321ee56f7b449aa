package io.headrace.kernel.function;

import io.headrace.function.FlatMapFn;
import io.headrace.function.Output;
import io.headrace.kernel.chain.Operator;

/** Maps each record to any number of records. */
public final class FlatMapOperator extends Operator implements Output<Object> {
    private final FlatMapFn<Object, Object> function;
    private long timestamp;

    /** Creates the operator. */
    public FlatMapOperator(FlatMapFn<Object, Object> function) {
        this.function = function;
    }

    @Override
    public void process(int input, Object value, long recordTimestamp) {
        counters.in++;
        timestamp = recordTimestamp;
        try {
            function.apply(value, this);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
    }

    @Override
    public void emit(Object value) {
        if (value == null) {
            throw new NullPointerException("a record must not be null");
        }
        counters.out++;
        out.emit(value, timestamp);
    }
}
