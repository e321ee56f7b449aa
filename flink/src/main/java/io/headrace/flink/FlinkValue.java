package io.headrace.flink;

import io.headrace.state.AccumulatorState;
import io.headrace.state.ValueState;

/** One value per key, changed in place or not. */
final class FlinkValue<V> implements ValueState<V>, AccumulatorState<V> {
    private final org.apache.flink.api.common.state.ValueState<Object> state;
    private final StoredSerializer serializer;

    FlinkValue(
            org.apache.flink.api.common.state.ValueState<Object> state,
            StoredSerializer serializer) {
        this.state = state;
        this.serializer = serializer;
    }

    @Override
    @SuppressWarnings("unchecked") // Only set stores values, and a reader of the same type.
    public V get() {
        return (V) serializer.decoded(StateCalls.get(state::value));
    }

    @Override
    public V edit() {
        return get();
    }

    @Override
    public void set(V value) {
        StateCalls.run(() -> state.update(value));
    }

    @Override
    public void clear() {
        state.clear();
    }
}
