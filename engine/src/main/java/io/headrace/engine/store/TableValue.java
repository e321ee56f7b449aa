package io.headrace.engine.store;

import io.headrace.state.AccumulatorState;
import io.headrace.state.ValueState;

/** The handle of one value per key: on the heap a value that is changed in place is no other. */
final class TableValue<V> implements ValueState<V>, AccumulatorState<V> {
    private final TableState state;
    private final int index;

    TableValue(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    @SuppressWarnings("unchecked") // Only set stores values.
    public V get() {
        Entry entry = state.current();
        return entry == null ? null : (V) entry.state(index);
    }

    @Override
    public V edit() {
        return get();
    }

    @Override
    public void set(V value) {
        if (value == null) {
            throw new NullPointerException("a state cannot hold null: call clear()");
        }
        state.currentOrNew().state(index, value);
    }

    @Override
    public void clear() {
        Entry entry = state.current();
        if (entry != null) {
            entry.state(index, null);
            state.cleared();
        }
    }
}
