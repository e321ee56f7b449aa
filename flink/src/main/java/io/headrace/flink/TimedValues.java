package io.headrace.flink;

import java.util.ArrayList;
import java.util.List;

/** Values in the order of their times, among equal times in the order of insertion. */
final class TimedValues {
    /** See {@code SeriesState.cache}; not saved. */
    Object cache;

    private final List<Long> times = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    int size() {
        return values.size();
    }

    long time(int index) {
        return times.get(index);
    }

    Object value(int index) {
        return values.get(index);
    }

    int find(long time) {
        int at = size() - 1;
        while (at >= 0 && times.get(at) > time) {
            at--;
        }
        return at >= 0 && times.get(at) == time ? at : -1;
    }

    int insert(long time, Object value) {
        int at = size();
        while (at > 0 && times.get(at - 1) > time) {
            at--;
        }
        times.add(at, time);
        values.add(at, value);
        return at;
    }

    void set(int index, Object value) {
        values.set(index, value);
    }

    void remove(int index) {
        times.remove(index);
        values.remove(index);
    }

    void removeFirst(int count) {
        times.subList(0, count).clear();
        values.subList(0, count).clear();
    }
}
