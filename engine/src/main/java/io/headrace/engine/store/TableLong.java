package io.headrace.engine.store;

import io.headrace.state.ValueState;

/** The handle of one {@code Long} per key. */
final class TableLong implements ValueState<Long> {
    private final TableState state;
    private final int index;

    TableLong(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    public Long get() {
        LongCell cell = cell();
        return cell == null ? null : cell.value;
    }

    @Override
    public void set(Long value) {
        LongCell cell = cell();
        if (cell == null) {
            state.currentOrNew().state(index, new LongCell(value));
        } else {
            cell.value = value;
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

    private LongCell cell() {
        Entry entry = state.current();
        return entry == null ? null : (LongCell) entry.state(index);
    }
}
