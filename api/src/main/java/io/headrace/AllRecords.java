package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All records of a window, in their order.
 *
 * @param valueType the values
 */
record AllRecords<T>(Type<T> valueType) implements Aggregator<T, List<T>, List<T>> {
    @Override
    public Type<List<T>> accumulatorType() {
        return Type.list(valueType);
    }

    @Override
    public List<T> create() {
        return new ArrayList<>();
    }

    @Override
    public List<T> add(List<T> values, T value) {
        values.add(value);
        return values;
    }

    @Override
    public List<T> merge(List<T> first, List<T> second) {
        first.addAll(second);
        return first;
    }

    @Override
    public List<T> result(List<T> values) {
        return Collections.unmodifiableList(values);
    }
}
