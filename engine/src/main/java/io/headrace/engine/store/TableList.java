package io.headrace.engine.store;

import io.headrace.state.ListState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The handle of a list per key. */
final class TableList<V> implements ListState<V> {
    private final TableState state;
    private final int index;

    TableList(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    public Iterable<V> get() {
        List<V> list = list();
        return list == null ? List.of() : Collections.unmodifiableList(list);
    }

    @Override
    public int size() {
        List<V> list = list();
        return list == null ? 0 : list.size();
    }

    @Override
    public void add(V value) {
        if (value == null) {
            throw new NullPointerException("a list state cannot hold null");
        }
        List<V> list = list();
        if (list == null) {
            list = new ArrayList<>(2);
            state.currentOrNew().state(index, list);
        }
        list.add(value);
    }

    @Override
    public void set(Iterable<? extends V> values) {
        List<V> copy = new ArrayList<>();
        for (V value : values) {
            if (value == null) {
                throw new NullPointerException("a list state cannot hold null");
            }
            copy.add(value);
        }
        clear();
        if (!copy.isEmpty()) {
            state.currentOrNew().state(index, copy);
        }
    }

    @Override
    public void clear() {
        Entry entry = state.current();
        if (entry != null) {
            entry.state(index, null);
            state.cleared();
        }
    }

    @SuppressWarnings("unchecked") // Only this class stores lists here.
    private List<V> list() {
        Entry entry = state.current();
        return entry == null ? null : (List<V>) entry.state(index);
    }
}
