package io.headrace.engine.store;

import io.headrace.kernel.state.SeriesState;

/** The handle of a series per key. */
final class TableSeries<V> implements SeriesState<V> {
    private final TableState state;
    private final int index;

    TableSeries(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    public int size() {
        Series series = series();
        return series == null ? 0 : series.size();
    }

    @Override
    public long time(int place) {
        return series().time(place);
    }

    @Override
    @SuppressWarnings("unchecked") // Only insert stores values.
    public V value(int place) {
        return (V) series().value(place);
    }

    @Override
    public int find(long time) {
        Series series = series();
        return series == null ? -1 : series.find(time);
    }

    @Override
    public int insert(long time, V value) {
        Series series = series();
        if (series == null) {
            series = new Series();
            state.currentOrNew().state(index, series);
        }
        return series.insert(time, value);
    }

    @Override
    public void set(int place, V value) {
        series().set(place, value);
    }

    @Override
    public void removeFirst(int count) {
        if (count == 0) {
            return;
        }
        Series series = series();
        series.removeFirst(count);
        if (series.size() == 0) {
            state.current().state(index, null);
            state.cleared();
        }
    }

    @Override
    public Object cache() {
        Series series = series();
        return series == null ? null : series.cache;
    }

    @Override
    public void cache(Object cache) {
        series().cache = cache;
    }

    private Series series() {
        Entry entry = state.current();
        return entry == null ? null : (Series) entry.state(index);
    }
}
