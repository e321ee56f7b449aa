package io.headrace.kernel.function;

import io.headrace.function.Fn2;
import io.headrace.state.AccumulatorState;
import io.headrace.state.Declarations;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.StateHandles;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The states and timers of a trigger, one of each per key and window: each is a map of the key from
 * the start of the window. The operator moves it to the window at hand.
 */
final class WindowScope implements StateHandles {
    private final List<StateDeclaration> declarations = new ArrayList<>();
    private final List<TimerDeclaration> timers;
    private final int states;
    private final List<MapState<Long, Object>> maps = new ArrayList<>();
    private long window;

    /** A timer that is due. */
    record Due(long window, int timer, long time) {}

    WindowScope(Declarations declared) {
        Type<Long> time = Type.of(Long.class);
        for (StateDeclaration state : declared.states()) {
            declarations.add(map("trigger." + state.name(), state.valueType()));
        }
        states = declarations.size();
        timers = declared.timers();
        for (TimerDeclaration timer : timers) {
            declarations.add(map("timer." + timer.name(), time));
        }
    }

    private static StateDeclaration map(String name, Type<?> value) {
        Type<Long> start = Type.of(Long.class);
        return new StateDeclaration(name, StateDeclaration.Kind.MAP, start, value);
    }

    /** Returns what is kept per key. */
    List<StateDeclaration> declarations() {
        return declarations;
    }

    boolean hasTimers(TimeDomain domain) {
        return timers.stream().anyMatch(timer -> timer.domain() == domain);
    }

    String timerName(int timer) {
        return timers.get(timer).name();
    }

    void open(StateHandles host) {
        declarations.forEach(declaration -> maps.add(host.map(declaration)));
    }

    /** Moves all handles to the window that starts here. */
    void seek(long start) {
        window = start;
    }

    /** Forgets all of the window at hand. */
    void clear() {
        maps.forEach(map -> map.remove(window));
    }

    /** Returns the first timer of the key that is due: by time, window, declaration; or null. */
    Due firstDue(TimeDomain domain, long upTo) {
        Due first = null;
        for (int timer = 0; timer < timers.size(); timer++) {
            if (timers.get(timer).domain() != domain) {
                continue;
            }
            for (Map.Entry<Long, Object> each : maps.get(states + timer).entries()) {
                Due due = new Due(each.getKey(), timer, (Long) each.getValue());
                if (due.time() <= upTo && (first == null || isBefore(due, first))) {
                    first = due;
                }
            }
        }
        return first;
    }

    private static boolean isBefore(Due one, Due other) {
        return one.time() != other.time()
                ? one.time() < other.time()
                : one.window() < other.window(); // Else that of the earlier declaration stays.
    }

    /** A timer fires: it is no longer pending. */
    void take(Due due) {
        maps.get(states + due.timer()).remove(due.window());
    }

    /** Gives the window at hand what others of the key have, which are given in order of time. */
    void merge(List<Long> starts, Map<String, Fn2<?, ?, ?>> reducers) throws Exception {
        for (int place = 0; place < maps.size(); place++) {
            final MapState<Long, Object> map = maps.get(place);
            final boolean timer = place >= states;
            String name = declarations.get(place).name();
            Object merged = null;
            for (Long start : starts) {
                Object each = map.get(start);
                if (each != null) {
                    map.remove(start);
                    merged =
                            merged == null
                                    ? each
                                    : both(timer, reducers.get(bare(name)), merged, each);
                }
            }
            if (merged != null) {
                map.put(window, merged);
            }
        }
    }

    private static String bare(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    @SuppressWarnings("unchecked") // The reducer of a state takes what the state holds.
    private static Object both(boolean timer, Fn2<?, ?, ?> reducer, Object first, Object second)
            throws Exception {
        if (timer) {
            return Math.min((Long) first, (Long) second);
        }
        return reducer == null
                ? first
                : ((Fn2<Object, Object, Object>) reducer).apply(first, second);
    }

    @Override
    public <V> ValueState<V> value(StateDeclaration declaration) {
        return new OfWindow<>(mapOf("trigger." + declaration.name()));
    }

    @Override
    public Timer timer(TimerDeclaration declaration) {
        return new TimerOfWindow(mapOf("timer." + declaration.name()));
    }

    private MapState<Long, Object> mapOf(String name) {
        for (int place = 0; place < declarations.size(); place++) {
            if (declarations.get(place).name().equals(name)) {
                return maps.get(place);
            }
        }
        throw new IllegalArgumentException("the trigger declared no " + name);
    }

    @Override
    public <V> ListState<V> list(StateDeclaration declaration) {
        throw none(declaration);
    }

    @Override
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        throw none(declaration);
    }

    @Override
    public <A> AccumulatorState<A> accumulator(StateDeclaration declaration) {
        throw none(declaration);
    }

    @Override
    public <V> TimeSeries<V> timeSeries(StateDeclaration declaration) {
        throw none(declaration);
    }

    private static IllegalArgumentException none(StateDeclaration declaration) {
        return new IllegalArgumentException(
                "state " + declaration.name() + ": a trigger has states of one value only");
    }

    private final class OfWindow<V> implements ValueState<V> {
        private final MapState<Long, Object> map;

        OfWindow(MapState<Long, Object> map) {
            this.map = map;
        }

        @Override
        @SuppressWarnings("unchecked") // Only set puts values in.
        public V get() {
            return (V) map.get(window);
        }

        @Override
        public void set(V value) {
            map.put(window, value);
        }

        @Override
        public void clear() {
            map.remove(window);
        }
    }

    private final class TimerOfWindow implements Timer {
        private final MapState<Long, Object> times;

        TimerOfWindow(MapState<Long, Object> times) {
            this.times = times;
        }

        @Override
        public void set(long time) {
            times.put(window, time);
        }

        @Override
        public void clear() {
            times.remove(window);
        }

        @Override
        public OptionalLong time() {
            Object time = times.get(window);
            return time == null ? OptionalLong.empty() : OptionalLong.of((Long) time);
        }
    }
}
