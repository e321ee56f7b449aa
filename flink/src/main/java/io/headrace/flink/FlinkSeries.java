package io.headrace.flink;

import io.headrace.kernel.state.SeriesState;

/** Values per key in the order of their times: one value of Flink, as a whole. */
final class FlinkSeries<V> implements SeriesState<V> {
    private static final TimedValues NONE = new TimedValues();

    private final FlinkValue<TimedValues> state;

    @SuppressWarnings("unchecked") // Its serializer is one of series.
    FlinkSeries(FlinkValue<?> state) {
        this.state = (FlinkValue<TimedValues>) state;
    }

    private TimedValues held() {
        TimedValues held = state.get();
        return held == null ? NONE : held;
    }

    @Override
    public int size() {
        return held().size();
    }

    @Override
    public long time(int index) {
        return held().time(index);
    }

    @Override
    @SuppressWarnings("unchecked") // Only insert and set store values.
    public V value(int index) {
        return (V) held().value(index);
    }

    @Override
    public int find(long time) {
        return held().find(time);
    }

    @Override
    public int insert(long time, V value) {
        TimedValues held = state.get();
        TimedValues series = held == null ? new TimedValues() : held;
        int place = series.insert(time, value);
        state.set(series);
        return place;
    }

    @Override
    public void set(int index, V value) {
        TimedValues series = held();
        series.set(index, value);
        state.set(series);
    }

    @Override
    public void remove(int index) {
        TimedValues series = held();
        series.remove(index);
        store(series);
    }

    @Override
    public void removeFirst(int count) {
        if (count > 0) {
            TimedValues series = held();
            series.removeFirst(count);
            store(series);
        }
    }

    private void store(TimedValues series) {
        if (series.size() == 0) {
            state.clear();
        } else {
            state.set(series);
        }
    }

    @Override
    public Object cache() {
        return held().cache();
    }

    /** On a backend that keeps bytes it is forgotten at once. */
    @Override
    public void cache(Object cache) {
        TimedValues held = state.get();
        if (held != null) {
            held.cache(cache);
        }
    }
}
