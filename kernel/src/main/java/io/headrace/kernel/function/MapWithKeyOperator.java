package io.headrace.kernel.function;

import io.headrace.function.Fn2;
import io.headrace.kernel.chain.Operator;

/** Maps each record, with its key, to one. */
public final class MapWithKeyOperator extends Operator {
    private final Fn2<Object, Object, Object> function;

    /** Creates the operator. */
    public MapWithKeyOperator(Fn2<Object, Object, Object> function) {
        this.function = function;
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        Object result;
        try {
            result = function.apply(context.key().key, value);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        if (result == null) {
            throw failure(value, new NullPointerException("a map must not return null: filter"));
        }
        counters.out++;
        out.emit(result, timestamp);
    }
}
