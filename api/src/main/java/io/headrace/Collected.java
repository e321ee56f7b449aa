package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All values in the order of their arrival, up to a limit. The accumulator is how many there were,
 * and the first of them. Only a result that would leave some out is an error, since a runner may
 * merge more than it asks for.
 */
record Collected<T, V>(int limit, Fn<? super T, ? extends V> function, ValueType<V> values)
        implements Aggregator<T, Object[], List<V>> {
    private static final int COUNT = 0;
    private static final int LIST = 1;

    Collected {
        Objects.requireNonNull(function, "function");
    }

    @Override
    public String name() {
        return "collect";
    }

    @Override
    public Type<Object[]> accumulatorType() {
        return Type.tuple(List.of(Type.of(Long.class), ContainerTypes.list(values.type())));
    }

    @Override
    public Type<List<V>> resultType() {
        return ContainerTypes.list(values.type());
    }

    @Override
    public Object[] create() {
        return new Object[] {0L, new ArrayList<V>()};
    }

    @Override
    public Object[] add(Object[] found, T value) throws Exception {
        V selected = values.checked(name(), function.apply(value));
        found[COUNT] = (long) found[COUNT] + 1;
        append(found, List.of(selected));
        return found;
    }

    @Override
    public Object[] merge(Object[] first, Object[] second) {
        append(first, list(second));
        first[COUNT] = (long) first[COUNT] + (long) second[COUNT];
        return first;
    }

    @Override
    public List<V> result(Object[] found) {
        List<V> kept = list(found);
        if ((long) found[COUNT] > kept.size()) {
            throw new IllegalStateException(
                    "there are "
                            + found[COUNT]
                            + " values, and "
                            + kept.size()
                            + " were kept: raise the limit of Aggregates.collect, now "
                            + limit
                            + ", start over, or use an aggregate that needs no list");
        }
        return List.copyOf(kept);
    }

    private void append(Object[] found, List<V> more) {
        List<V> kept = list(found);
        kept.addAll(more.subList(0, Math.max(0, Math.min(more.size(), limit - kept.size()))));
    }

    @SuppressWarnings("unchecked") // Nothing else is put there; the type of the tuple says so.
    private List<V> list(Object[] found) {
        return (List<V>) found[LIST];
    }
}
