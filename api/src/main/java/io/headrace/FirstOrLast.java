package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.util.Objects;
import java.util.Optional;

/** The value that came first, or last. The accumulator is an {@code Optional}, as in Extreme. */
record FirstOrLast<T, V>(Fn<? super T, ? extends V> function, boolean last, ValueType<V> values)
        implements Aggregator<T, Optional<V>, V> {
    FirstOrLast {
        Objects.requireNonNull(function, "function");
    }

    @Override
    public String name() {
        return last ? "last" : "first";
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
        if (found.isPresent() && !last) {
            return found;
        }
        return Optional.of(values.checked(name(), function.apply(value)));
    }

    @Override
    public Optional<V> merge(Optional<V> first, Optional<V> second) {
        Optional<V> preferred = last ? second : first;
        return preferred.isPresent() ? preferred : last ? first : second;
    }

    @Override
    public V result(Optional<V> found) {
        return found.orElse(null);
    }
}
