package io.headrace.kernel.function;

import io.headrace.function.FlatMapFn;
import io.headrace.function.Output;
import io.headrace.kernel.chain.Operator;

/** Maps each record to any number of records. */
public final class FlatMapOperator extends Operator implements Output<Object> {
    private final FlatMapFn<Object, Object> function;
    private long timestamp;
    private Object key;
    private int hash;

    /** Creates the operator. */
    public FlatMapOperator(FlatMapFn<Object, Object> function) {
        this.function = function;
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long recordTimestamp) {
        counters.in++;
        timestamp = recordTimestamp;
        key = context.key().key;
        hash = context.key().hash;
        try {
            function.apply(value, this);
        } catch (Exception failed) {
            throw failure(key, value, failed);
        }
    }

    @Override
    public void emit(Object value) {
        if (value == null) {
            throw new NullPointerException("a record must not be null");
        }
        counters.out++;
        // What came before may have met another keyBy further down, which moved the slot.
        context.key().key = key;
        context.key().hash = hash;
        out.emit(value, timestamp);
    }
}
