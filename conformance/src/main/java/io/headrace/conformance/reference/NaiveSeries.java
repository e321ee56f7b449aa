package io.headrace.conformance.reference;

import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A series in a list that is sorted again at each change. */
final class NaiveSeries<V> implements TimeSeries<V> {
    private final Supplier<Map<String, Object>> states;
    private final String name;

    /**
     * Creates the handle of a series.
     *
     * @param states returns the states of the key at hand, by their names
     */
    NaiveSeries(Supplier<Map<String, Object>> states, String name) {
        this.states = states;
        this.name = name;
    }

    @SuppressWarnings("unchecked") // Only this handle writes under the name.
    private List<TimedValue<V>> values() {
        return (List<TimedValue<V>>)
                states.get().computeIfAbsent(name, any -> new ArrayList<TimedValue<V>>());
    }

    @Override
    public void add(long time, V value) {
        values().add(new TimedValue<>(time, value));
        values().sort(Comparator.comparingLong(TimedValue::time)); // Equal times as they came.
    }

    @Override
    public List<TimedValue<V>> range(long from, long to) {
        return values().stream().filter(each -> each.time() >= from && each.time() < to).toList();
    }

    @Override
    public List<TimedValue<V>> all() {
        return List.copyOf(values());
    }

    @Override
    public int size() {
        return values().size();
    }

    @Override
    public void removeBefore(long time) {
        values().removeIf(each -> each.time() < time);
    }

    @Override
    public void clear() {
        values().clear();
    }
}
