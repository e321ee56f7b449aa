package io.headrace.conformance.reference;

import io.headrace.function.Fn2;
import io.headrace.state.AccumulatorState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.StateHandles;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.state.ValueState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The states and timers of a step, in a map per key. */
final class NaiveStates implements StateHandles {
    /** The key at hand. */
    Object key;

    private final Map<Object, Map<String, Object>> values = new HashMap<>();
    private final Map<Object, Map<String, Long>> timers = new LinkedHashMap<>();
    private final List<TimerDeclaration> declaredTimers;

    /** A timer that has fired and is not pending any more. */
    record Due(Object key, TimerDeclaration timer, long time) {}

    NaiveStates(List<TimerDeclaration> declaredTimers) {
        this.declaredTimers = declaredTimers;
    }

    /** Takes off the earliest timer of a clock that is due; ties in the order of declaration. */
    Due takeDue(TimeDomain domain, long now) {
        Due first = null;
        for (Map.Entry<Object, Map<String, Long>> each : timers.entrySet()) {
            for (TimerDeclaration timer : declaredTimers) {
                Long time = each.getValue().get(timer.name());
                if (time != null
                        && timer.domain() == domain
                        && time <= now
                        && (first == null || time < first.time())) {
                    first = new Due(each.getKey(), timer, time);
                }
            }
        }
        if (first != null) {
            timers.get(first.key()).remove(first.timer().name());
        }
        return first;
    }

    /**
     * Takes off the earliest timer of the key at hand on a clock, up to a time; null if none is.
     */
    Due takeDueOfKey(TimeDomain domain, long upTo) {
        Map<Object, Map<String, Long>> others = new LinkedHashMap<>(timers);
        others.remove(key);
        timers.keySet().removeAll(others.keySet());
        Due due = takeDue(domain, upTo);
        timers.putAll(others);
        return due;
    }

    /** Returns whether the key at hand has no state, and no timer but perhaps one. */
    boolean isEmptyBut(String timer) {
        for (Object value : here().values()) {
            boolean empty =
                    value instanceof Collection<?> collection && collection.isEmpty()
                            || value instanceof Map<?, ?> map && map.isEmpty();
            if (!empty) {
                return false;
            }
        }
        return Set.of(timer).containsAll(timers.getOrDefault(key, Map.of()).keySet());
    }

    /** Forgets all states and timers of the key at hand. */
    void forget() {
        values.remove(key);
        timers.remove(key);
    }

    /** Takes what another one has, of which all is without a key; its own comes first. */
    @SuppressWarnings("unchecked") // The reducer of a state takes what the state holds.
    void takeOver(NaiveStates other, Map<String, Fn2<?, ?, ?>> reducers) throws Exception {
        for (Map.Entry<String, Object> each : other.here().entrySet()) {
            Object own = here().get(each.getKey());
            Fn2<Object, Object, Object> reducer =
                    (Fn2<Object, Object, Object>) reducers.get(each.getKey());
            if (own == null) {
                here().put(each.getKey(), each.getValue());
            } else if (reducer != null) {
                here().put(each.getKey(), reducer.apply(own, each.getValue()));
            }
        }
        Map<String, Long> pending = timers.computeIfAbsent(key, any -> new HashMap<>());
        other.timers
                .getOrDefault(key, Map.of())
                .forEach((timer, time) -> pending.merge(timer, time, Math::min));
    }

    /** Returns the earliest pending time of a timer of processing time, or the end of time. */
    long nextProcessingTimer() {
        return nextTimer(TimeDomain.PROCESSING_TIME);
    }

    /** Returns the earliest pending time of a timer on a clock, or the end of time. */
    long nextTimer(TimeDomain domain) {
        long next = Long.MAX_VALUE;
        for (Map<String, Long> pending : timers.values()) {
            for (TimerDeclaration timer : declaredTimers) {
                if (timer.domain() == domain) {
                    next = Math.min(next, pending.getOrDefault(timer.name(), Long.MAX_VALUE));
                }
            }
        }
        return next;
    }

    /** Forgets all pending timers of processing time; returns how many there were. */
    long dropProcessingTimers() {
        long dropped = 0;
        while (takeDue(TimeDomain.PROCESSING_TIME, Long.MAX_VALUE) != null) {
            dropped++;
        }
        return dropped;
    }

    private Map<String, Object> here() {
        return values.computeIfAbsent(key, any -> new HashMap<>());
    }

    @Override
    public <V> ValueState<V> value(StateDeclaration declaration) {
        return new ValueState<>() {
            @Override
            @SuppressWarnings("unchecked") // Only this handle writes under the name.
            public V get() {
                return (V) here().get(declaration.name());
            }

            @Override
            public void set(V value) {
                here().put(declaration.name(), value);
            }

            @Override
            public void clear() {
                here().remove(declaration.name());
            }
        };
    }

    @Override
    public <V> ListState<V> list(StateDeclaration declaration) {
        return new ListState<>() {
            @SuppressWarnings("unchecked") // Only this handle writes under the name.
            private List<V> list() {
                return (List<V>)
                        here().computeIfAbsent(declaration.name(), any -> new ArrayList<V>());
            }

            @Override
            public Iterable<V> get() {
                return List.copyOf(list());
            }

            @Override
            public int size() {
                return list().size();
            }

            @Override
            public void add(V value) {
                list().add(value);
            }

            @Override
            public void set(Iterable<? extends V> replacing) {
                list().clear();
                replacing.forEach(list()::add);
            }

            @Override
            public void clear() {
                list().clear();
            }
        };
    }

    @Override
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        return new MapState<>() {
            @SuppressWarnings("unchecked") // Only this handle writes under the name.
            private Map<U, V> map() {
                return (Map<U, V>)
                        here().computeIfAbsent(declaration.name(), any -> new HashMap<U, V>());
            }

            @Override
            public V get(U inner) {
                return map().get(inner);
            }

            @Override
            public void put(U inner, V value) {
                map().put(inner, value);
            }

            @Override
            public void remove(U inner) {
                map().remove(inner);
            }

            @Override
            public Iterable<Map.Entry<U, V>> entries() {
                return Map.copyOf(map()).entrySet();
            }

            @Override
            public boolean isEmpty() {
                return map().isEmpty();
            }

            @Override
            public void clear() {
                map().clear();
            }
        };
    }

    @Override
    public <A> AccumulatorState<A> accumulator(StateDeclaration declaration) {
        return new AccumulatorState<>() {
            @Override
            @SuppressWarnings("unchecked") // Only this handle writes under the name.
            public A edit() {
                return (A) here().get(declaration.name());
            }

            @Override
            public void set(A value) {
                here().put(declaration.name(), value);
            }

            @Override
            public void clear() {
                here().remove(declaration.name());
            }
        };
    }

    @Override
    public <V> TimeSeries<V> timeSeries(StateDeclaration declaration) {
        return new NaiveSeries<>(() -> here(), declaration.name());
    }

    @Override
    public Timer timer(TimerDeclaration declaration) {
        return new Timer() {
            private Map<String, Long> pending() {
                return timers.computeIfAbsent(key, any -> new HashMap<>());
            }

            @Override
            public void set(long time) {
                pending().put(declaration.name(), time);
            }

            @Override
            public void clear() {
                pending().remove(declaration.name());
            }

            @Override
            public OptionalLong time() {
                Long time = pending().get(declaration.name());
                return time == null ? OptionalLong.empty() : OptionalLong.of(time);
            }
        };
    }
}
