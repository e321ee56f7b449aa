package io.headrace.engine.store;

import io.headrace.state.ValueState;

/** The handle of one {@code Long} per key that is the first state of its step. */
final class TableLong implements ValueState<Long> {
    private final TableState state;

    TableLong(TableState state) {
        this.state = state;
    }

    @Override
    public Long get() {
        Entry entry = state.current();
        return entry == null || entry.state(0) == null ? null : (Long) entry.longState;
    }

    @Override
    public void set(Long value) {
        Entry entry = state.currentOrNew();
        entry.longState = value;
        if (entry.state(0) == null) {
            entry.state(0, Entry.LONG);
        }
    }

    @Override
    public void clear() {
        Entry entry = state.current();
        if (entry != null) {
            entry.state(0, null);
            state.cleared();
        }
    }
}
