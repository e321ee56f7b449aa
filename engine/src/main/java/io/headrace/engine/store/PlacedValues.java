package io.headrace.engine.store;

import io.headrace.kernel.state.SeriesState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts stored values back into a series. Among equal times the stored place decides: values may
 * stand in the file in any order.
 */
final class PlacedValues {
    private final SeriesState<Object> series;

    /** The place among equal times of each value. */
    private final List<Integer> places = new ArrayList<>();

    PlacedValues(SeriesState<Object> series) {
        this.series = series;
    }

    /** Begins a series that is empty. */
    void begin() {
        places.clear();
    }

    void insert(long time, int place, Object value) {
        int at = series.insert(time, value);
        places.add(at, place);
        while (at > 0 && series.time(at - 1) == series.time(at) && places.get(at - 1) > place) {
            series.set(at, series.value(at - 1));
            series.set(at - 1, value);
            Collections.swap(places, at, --at);
        }
    }
}
