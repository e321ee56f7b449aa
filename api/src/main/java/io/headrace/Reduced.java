package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn2;
import io.headrace.type.Type;

/**
 * All values as one, combined two by two. The accumulator is the value so far.
 *
 * @param valueType the values
 * @param function combines what came earlier with what came later
 */
record Reduced<T>(Type<T> valueType, Fn2<? super T, ? super T, ? extends T> function)
        implements Aggregator<T, T, T> {
    @Override
    public Type<T> accumulatorType() {
        return valueType;
    }

    @Override
    public Type<T> resultType() {
        return valueType;
    }

    /** Returns null: nothing has come yet. It is never stored. */
    @Override
    public T create() {
        return null;
    }

    @Override
    public T add(T reduced, T value) throws Exception {
        return reduced == null ? value : combined(reduced, value);
    }

    @Override
    public T merge(T first, T second) throws Exception {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return combined(first, second);
    }

    private T combined(T first, T second) throws Exception {
        T both = function.apply(first, second);
        if (both == null) {
            throw new NullPointerException("the function returned null: a record must not be null");
        }
        return both;
    }

    @Override
    public T result(T reduced) {
        return reduced;
    }
}
