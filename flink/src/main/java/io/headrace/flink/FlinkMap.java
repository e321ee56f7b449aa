package io.headrace.flink;

import io.headrace.state.MapState;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A map per key. Flink has one entry of its own for each of its entries. */
final class FlinkMap<U, V> implements MapState<U, V> {
    private final org.apache.flink.api.common.state.MapState<KeyBytes, Object> state;
    private final Codec<Object> keys;
    private final StoredSerializer serializer;
    private final BytesOut buffer = new BytesOut(64);

    FlinkMap(
            org.apache.flink.api.common.state.MapState<KeyBytes, Object> state,
            Codec<Object> keys,
            StoredSerializer serializer) {
        this.state = state;
        this.keys = keys;
        this.serializer = serializer;
    }

    private KeyBytes bytes(Object key) {
        buffer.clear();
        keys.write(Objects.requireNonNull(key, "key"), buffer);
        return new KeyBytes(buffer.toByteArray());
    }

    @Override
    @SuppressWarnings("unchecked") // Only put stores values.
    public V get(U key) {
        return (V) serializer.decoded(StateCalls.get(() -> state.get(bytes(key))));
    }

    @Override
    public void put(U key, V value) {
        StateCalls.run(() -> state.put(bytes(key), Objects.requireNonNull(value, "value")));
    }

    @Override
    public void remove(U key) {
        StateCalls.run(() -> state.remove(bytes(key)));
    }

    @Override
    @SuppressWarnings("unchecked") // Only put stores keys and values.
    public Iterable<Map.Entry<U, V>> entries() {
        List<Map.Entry<U, V>> entries = new ArrayList<>();
        Iterable<Map.Entry<KeyBytes, Object>> held = StateCalls.get(state::entries);
        if (held != null) {
            for (Map.Entry<KeyBytes, Object> each : held) {
                Object key = keys.read(new BytesIn(each.getKey().bytes), keys.version());
                entries.add(Map.entry((U) key, (V) serializer.decoded(each.getValue())));
            }
        }
        return entries;
    }

    @Override
    public boolean isEmpty() {
        return StateCalls.get(state::isEmpty);
    }

    @Override
    public void clear() {
        state.clear();
    }
}
