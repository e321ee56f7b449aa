package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.util.Objects;
import java.util.Optional;

/**
 * The smallest or the largest of values in their natural order; the earlier of two equal ones. The
 * accumulator is an {@code Optional}, stored with the schema or the codec of the values, so that
 * the class of the values may evolve.
 */
record Extreme<T, V extends Comparable<? super V>>(
        Fn<? super T, ? extends V> function, boolean smallest, ValueType<V> values)
        implements Aggregator<T, Optional<V>, V> {
    Extreme {
        Objects.requireNonNull(function, "function");
    }

    @Override
    public String name() {
        return smallest ? "min" : "max";
    }

    @Override
    public Type<Optional<V>> accumulatorType() {
        return ContainerTypes.optional(values.type());
    }

    @Override
    public Type<V> resultType() {
        return values.type();
    }

    @Override
    public Optional<V> create() {
        return Optional.empty();
    }

    @Override
    public Optional<V> add(Optional<V> found, T value) throws Exception {
        V candidate = values.checked(name(), function.apply(value));
        return found.isEmpty() || before(candidate, found.get()) ? Optional.of(candidate) : found;
    }

    @Override
    public Optional<V> merge(Optional<V> first, Optional<V> second) {
        if (first.isEmpty()) {
            return second;
        }
        return second.isPresent() && before(second.get(), first.get()) ? second : first;
    }

    @Override
    public V result(Optional<V> found) {
        return found.orElse(null);
    }

    private boolean before(V candidate, V found) {
        int order = candidate.compareTo(found);
        return smallest ? order < 0 : order > 0;
    }
}
