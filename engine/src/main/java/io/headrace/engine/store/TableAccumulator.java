package io.headrace.engine.store;

import io.headrace.state.AccumulatorState;

/** The handle of one value per key that is changed in place. */
final class TableAccumulator<A> implements AccumulatorState<A> {
    private final TableState state;
    private final int index;

    TableAccumulator(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    @SuppressWarnings("unchecked") // Only set stores values.
    public A edit() {
        Entry entry = state.current();
        return entry == null ? null : (A) entry.state(index);
    }

    @Override
    public void set(A value) {
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
