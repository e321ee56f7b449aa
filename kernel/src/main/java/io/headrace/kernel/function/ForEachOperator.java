package io.headrace.kernel.function;

import io.headrace.function.Action;
import io.headrace.kernel.chain.Operator;

/** Calls an action for each record. */
public final class ForEachOperator extends Operator {
    private final Action<Object> action;

    /** Creates the operator. */
    public ForEachOperator(Action<Object> action) {
        this.action = action;
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        try {
            action.accept(value);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
    }
}
