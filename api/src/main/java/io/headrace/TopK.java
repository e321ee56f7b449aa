package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The records whose value is largest: a list, the largest first, of equal ones the earlier. */
record TopK<T, V extends Comparable<? super V>>(
        int k, Fn<? super T, ? extends V> function, ValueType<T> records)
        implements Aggregator<T, List<T>, List<T>> {
    TopK {
        Objects.requireNonNull(function, "function");
    }

    /** With the number: a list of another length lacks records. */
    @Override
    public String name() {
        return "top " + k;
    }

    @Override
    public Type<List<T>> accumulatorType() {
        return ContainerTypes.list(records.type());
    }

    @Override
    public Type<List<T>> resultType() {
        return accumulatorType();
    }

    @Override
    public List<T> create() {
        return new ArrayList<>();
    }

    @Override
    public List<T> add(List<T> top, T record) throws Exception {
        final V value = value(record);
        if (top.size() == k && value.compareTo(value(top.get(k - 1))) <= 0) {
            return top;
        }
        int low = 0;
        int high = top.size();
        while (low < high) { // Finds the place behind all that are not smaller.
            int middle = (low + high) >>> 1;
            if (value(top.get(middle)).compareTo(value) >= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        top.add(low, record);
        if (top.size() > k) {
            top.remove(k);
        }
        return top;
    }

    @Override
    public List<T> merge(List<T> first, List<T> second) throws Exception {
        for (T record : second) {
            add(first, record);
        }
        return first;
    }

    @Override
    public List<T> result(List<T> top) {
        return List.copyOf(top);
    }

    private V value(T record) throws Exception {
        V value = function.apply(record);
        if (value == null) {
            throw new NullPointerException(
                    "the function of topK returned null: drop such records with filter before");
        }
        return value;
    }
}
