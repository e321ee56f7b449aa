package io.headrace.engine.store;

import io.headrace.kernel.state.SeriesState;

/** The handle of a series per key. The only value of the first state stands in the entry. */
final class TableSeries<V> implements SeriesState<V> {
    private final TableState state;
    private final int index;

    TableSeries(TableState state, int index) {
        this.state = state;
        this.index = index;
    }

    @Override
    public int size() {
        Object held = held();
        if (held == null) {
            return 0;
        }
        return held instanceof Series series ? series.size() : 1;
    }

    @Override
    public long time(int place) {
        return held() instanceof Series series ? series.time(place) : state.current().longState;
    }

    @Override
    @SuppressWarnings("unchecked") // Only insert stores values.
    public V value(int place) {
        Object held = held();
        return (V) (held instanceof Series series ? series.value(place) : held);
    }

    @Override
    public int find(long time) {
        Object held = held();
        if (held == null) {
            return -1;
        }
        if (held instanceof Series series) {
            return series.find(time);
        }
        return state.current().longState == time ? 0 : -1;
    }

    @Override
    public int insert(long time, V value) {
        Entry entry = state.currentOrNew();
        if (index == 0 && entry.state(0) == null) {
            entry.longState = time;
            entry.state(0, value);
            return 0;
        }
        return series(entry).insert(time, value);
    }

    @Override
    public void set(int place, V value) {
        Object held = held();
        if (held instanceof Series series) {
            series.set(place, value);
        } else if (held != value) { // The usual value was changed in place: no write barrier.
            state.current().state(0, value);
        }
    }

    @Override
    public void remove(int place) {
        if (held() instanceof Series series && series.size() > 1) {
            series.remove(place);
            shrunk(series);
        } else {
            clear();
        }
    }

    @Override
    public void removeFirst(int count) {
        if (count == 0) {
            return;
        }
        if (held() instanceof Series series && series.size() > count) {
            series.removeFirst(count);
            shrunk(series);
        } else {
            clear();
        }
    }

    private void shrunk(Series series) {
        if (index == 0 && series.size() == 1 && series.cache == null) {
            Entry entry = state.current();
            entry.longState = series.time(0);
            entry.state(0, series.value(0));
        }
    }

    private void clear() {
        state.current().state(index, null);
        state.cleared();
    }

    @Override
    public Object cache() {
        return held() instanceof Series series ? series.cache : null;
    }

    @Override
    public void cache(Object cache) {
        series(state.current()).cache = cache;
    }

    /** Returns the series, the only value of it, or null. No value is a {@code Series}. */
    private Object held() {
        Entry entry = state.current();
        return entry == null ? null : entry.state(index);
    }

    /** Returns the series as an object. */
    private Series series(Entry entry) {
        Object held = entry.state(index);
        if (held instanceof Series series) {
            return series;
        }
        Series series = new Series();
        if (held != null) {
            series.insert(entry.longState, held);
        }
        entry.state(index, series);
        return series;
    }
}
