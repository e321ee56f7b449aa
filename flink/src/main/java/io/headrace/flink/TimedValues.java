package io.headrace.flink;

import io.headrace.kernel.state.SeriesState;
import java.util.ArrayList;
import java.util.List;

/** Values in the order of their times, among equal times in the order of insertion. */
final class TimedValues implements SeriesState<Object> {
    private final List<Long> times = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private Object cache;

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public long time(int index) {
        return times.get(index);
    }

    @Override
    public Object value(int index) {
        return values.get(index);
    }

    @Override
    public int find(long time) {
        int at = size() - 1;
        while (at >= 0 && times.get(at) > time) {
            at--;
        }
        return at >= 0 && times.get(at) == time ? at : -1;
    }

    @Override
    public int insert(long time, Object value) {
        int at = size();
        while (at > 0 && times.get(at - 1) > time) {
            at--;
        }
        times.add(at, time);
        values.add(at, value);
        return at;
    }

    @Override
    public void set(int index, Object value) {
        values.set(index, value);
    }

    @Override
    public void remove(int index) {
        times.remove(index);
        values.remove(index);
    }

    @Override
    public void removeFirst(int count) {
        times.subList(0, count).clear();
        values.subList(0, count).clear();
    }

    @Override
    public Object cache() {
        return cache;
    }

    @Override
    public void cache(Object given) {
        cache = given;
    }
}
