package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * The smallest or the largest of values in their natural order; the earlier of two equal ones. The
 * accumulator is an {@code Optional}, stored with the schema or the codec of the values, so that
 * the class of the values may evolve.
 */
final class Extreme<T, V extends Comparable<? super V>> implements Aggregator<T, Optional<V>, V> {
    private static final long serialVersionUID = 1L;

    private final Fn<? super T, ? extends V> function;
    private final boolean smallest;

    /** What the type is rebuilt from on another machine; null if a class does not tell it. */
    private final Class<?> plain;

    private final transient Type<V> type;

    Extreme(Fn<? super T, ? extends V> function, boolean smallest, Type<V> type) {
        this.function = Objects.requireNonNull(function, "function");
        this.smallest = smallest;
        this.type = Objects.requireNonNull(type, "type");
        this.plain =
                type.codec().isEmpty() && type.reflected() instanceof Class<?> found ? found : null;
    }

    @Override
    public String name() {
        return smallest ? "min" : "max";
    }

    @Override
    public Type<Optional<V>> accumulatorType() {
        return OptionalTypes.of(type);
    }

    @Override
    public Type<V> resultType() {
        return type;
    }

    @Override
    public Optional<V> create() {
        return Optional.empty();
    }

    @Override
    public Optional<V> add(Optional<V> found, T value) throws Exception {
        V candidate = function.apply(value);
        if (candidate == null) {
            throw new NullPointerException(
                    "the function of "
                            + (smallest ? "min" : "max")
                            + " returned null: drop such records with filter before");
        }
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

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (plain == null) {
            throw new NotSerializableException(
                    "an aggregate over "
                            + type
                            + " with a codec or type arguments of its own: use a class that is"
                            + " annotated with @WithCodec");
        }
        out.defaultWriteObject();
    }

    private Object readResolve() {
        return new Extreme<>(function, smallest, Type.<V>ofReflected(plain));
    }
}
