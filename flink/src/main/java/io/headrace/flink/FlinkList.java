package io.headrace.flink;

import io.headrace.state.ListState;
import java.util.ArrayList;
import java.util.List;

/** A list per key. */
final class FlinkList<V> implements ListState<V> {
    private final org.apache.flink.api.common.state.ListState<Object> state;
    private final StoredSerializer serializer;

    FlinkList(
            org.apache.flink.api.common.state.ListState<Object> state,
            StoredSerializer serializer) {
        this.state = state;
        this.serializer = serializer;
    }

    @Override
    @SuppressWarnings("unchecked") // Only add and set store values.
    public Iterable<V> get() {
        List<V> values = new ArrayList<>();
        Iterable<Object> held = StateCalls.get(state::get);
        if (held != null) {
            held.forEach(value -> values.add((V) serializer.decoded(value)));
        }
        return values;
    }

    @Override
    public int size() {
        int size = 0;
        for (V ignored : get()) {
            size++;
        }
        return size;
    }

    @Override
    public void add(V value) {
        StateCalls.run(() -> state.add(java.util.Objects.requireNonNull(value, "value")));
    }

    @Override
    public void set(Iterable<? extends V> values) {
        List<Object> all = new ArrayList<>();
        values.forEach(value -> all.add(java.util.Objects.requireNonNull(value, "value")));
        StateCalls.run(() -> state.update(all));
    }

    @Override
    public void clear() {
        state.clear();
    }
}
