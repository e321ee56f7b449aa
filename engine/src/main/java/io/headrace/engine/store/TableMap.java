package io.headrace.engine.store;

import io.headrace.state.MapState;
import java.util.Collections;
import java.util.Map;

/** The handle of a map per key. */
final class TableMap<U, V> implements MapState<U, V> {
    private final TableState state;
    private final int index;

    TableMap(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    public V get(U key) {
        SmallMap<U, V> map = map();
        return map == null ? null : map.get(key);
    }

    @Override
    public void put(U key, V value) {
        if (key == null || value == null) {
            throw new NullPointerException("a map state cannot hold null: call remove(key)");
        }
        SmallMap<U, V> map = map();
        if (map == null) {
            map = new SmallMap<>();
            state.currentOrNew().state(index, map);
        }
        map.put(key, value);
    }

    @Override
    public void remove(U key) {
        SmallMap<U, V> map = map();
        if (map != null) {
            map.remove(key);
            if (map.isEmpty()) {
                clear();
            }
        }
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        SmallMap<U, V> map = map();
        return map == null ? Collections.emptyList() : map.entries();
    }

    @Override
    public boolean isEmpty() {
        return map() == null;
    }

    @Override
    public void clear() {
        Entry entry = state.current();
        if (entry != null) {
            entry.state(index, null);
            state.cleared();
        }
    }

    @SuppressWarnings("unchecked") // Only this class stores maps here.
    private SmallMap<U, V> map() {
        Entry entry = state.current();
        return entry == null ? null : (SmallMap<U, V>) entry.state(index);
    }
}
