package io.headrace.kernel.function;

import io.headrace.function.Condition;
import io.headrace.kernel.chain.Operator;

/** Keeps the records that fulfil a condition. */
public final class FilterOperator extends Operator {
    private final Condition<Object> condition;

    /** Creates the operator. */
    public FilterOperator(Condition<Object> condition) {
        this.condition = condition;
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        boolean kept;
        try {
            kept = condition.test(value);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        if (kept) {
            counters.out++;
            out.emit(value, timestamp);
        }
    }
}
