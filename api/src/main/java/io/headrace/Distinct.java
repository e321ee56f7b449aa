package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Counts different values by keeping them. The accumulator is whether there were more than the
 * limit, and the set of values; once there were more, the set is empty and stays so. Only the
 * result of such an accumulator is an error, since a runner may merge more than it asks for.
 */
record Distinct<T, V>(int limit, Fn<? super T, ? extends V> function, ValueType<V> values)
        implements Aggregator<T, Object[], Long> {
    private static final int MORE = 0;
    private static final int SET = 1;

    Distinct {
        Objects.requireNonNull(function, "function");
        values.requireEquality("distinct");
    }

    @Override
    public String name() {
        return "distinct";
    }

    @Override
    public Type<Object[]> accumulatorType() {
        return Type.tuple(List.of(Type.of(Boolean.class), ContainerTypes.set(values.type())));
    }

    @Override
    public Type<Long> resultType() {
        return Type.of(Long.class);
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public Object[] create() {
        return new Object[] {false, new LinkedHashSet<V>()};
    }

    @Override
    public Object[] add(Object[] found, T value) throws Exception {
        V selected = values.checked(name(), function.apply(value));
        if (!(boolean) found[MORE]) {
            set(found).add(selected);
            limit(found);
        }
        return found;
    }

    @Override
    public Object[] merge(Object[] first, Object[] second) {
        if ((boolean) first[MORE] || (boolean) second[MORE]) {
            first[MORE] = true;
            first[SET] = new LinkedHashSet<V>();
        } else {
            set(first).addAll(set(second));
            limit(first);
        }
        return first;
    }

    @Override
    public Long result(Object[] found) {
        if ((boolean) found[MORE]) {
            throw new IllegalStateException(
                    "there are more than "
                            + limit
                            + " different values: raise the limit of Aggregates.distinct, or use"
                            + " distinctApproximate");
        }
        return (long) set(found).size();
    }

    private void limit(Object[] found) {
        if (set(found).size() > limit) {
            found[MORE] = true;
            found[SET] = new LinkedHashSet<V>();
        }
    }

    @SuppressWarnings("unchecked") // Nothing else is put there; the type of the tuple says so.
    private Set<V> set(Object[] found) {
        return (Set<V>) found[SET];
    }
}
