package io.headrace.kernel.state;

import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** A series as a user's function sees it: by times, without indexes. */
final class SeriesView<V> implements TimeSeries<V> {
    private final SeriesState<V> series;

    SeriesView(SeriesState<V> series) {
        this.series = series;
    }

    @Override
    public void add(long time, V value) {
        series.insert(time, Objects.requireNonNull(value, "value"));
    }

    @Override
    public List<TimedValue<V>> range(long from, long to) {
        int first = firstFrom(from);
        return new Range<>(series, first, Math.max(first, firstFrom(to)));
    }

    @Override
    public List<TimedValue<V>> all() {
        return new Range<>(series, 0, series.size());
    }

    @Override
    public int size() {
        return series.size();
    }

    @Override
    public void removeBefore(long time) {
        series.removeFirst(firstFrom(time));
    }

    @Override
    public void clear() {
        series.removeFirst(series.size());
    }

    /** Returns the index of the first value that is not before a time, or the size. */
    private int firstFrom(long time) {
        int low = 0;
        int high = series.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (series.time(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static final class Range<V> extends AbstractList<TimedValue<V>>
            implements RandomAccess {
        private final SeriesState<V> series;
        private final int from;
        private final int size;

        Range(SeriesState<V> series, int from, int to) {
            this.series = series;
            this.from = from;
            this.size = to - from;
        }

        @Override
        public TimedValue<V> get(int index) {
            Objects.checkIndex(index, size);
            return new TimedValue<>(series.time(from + index), series.value(from + index));
        }

        @Override
        public int size() {
            return size;
        }
    }
}
