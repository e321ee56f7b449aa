package io.headrace.state;

import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The states and timers that one function object declared, as handles that a runner connects to its
 * own before the first record.
 *
 * <p>Not thread-safe: belongs to the thread of the function.
 */
public final class DeclaredStates {
    private final List<StateDeclaration> states = new ArrayList<>();
    private final List<TimerDeclaration> timers = new ArrayList<>();
    private final List<StateDeclaration> broadcast = new ArrayList<>();
    private final List<Connectable> handles = new ArrayList<>();
    private final List<DeclaredMap<?, ?>> broadcastHandles = new ArrayList<>();
    private TimeToLive timeToLive;

    /** Returns the states, in the order of declaration. */
    public List<StateDeclaration> states() {
        return Collections.unmodifiableList(states);
    }

    /** Returns the timers, in the order of declaration. */
    public List<TimerDeclaration> timers() {
        return Collections.unmodifiableList(timers);
    }

    /** Returns all that was declared so far. */
    public Declarations declarations() {
        return new Declarations(states, timers, timeToLive, broadcast);
    }

    /**
     * Connects every declared handle of a key to a runner's. Called before the first record, and
     * again whenever a runner takes them from the function for a while.
     */
    public void connect(StateHandles runner) {
        handles.forEach(handle -> handle.connect(runner));
    }

    /** Connects the broadcast maps to a runner's. Called once, before the first record. */
    public void connectBroadcast(BroadcastHandles runner) {
        broadcastHandles.forEach(handle -> handle.connectBroadcast(runner));
    }

    /** Returns whether the key at hand has neither a state nor a pending timer that is declared. */
    public boolean isEmpty() {
        for (Connectable handle : handles) {
            if (!handle.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Forgets all states and pending timers of the key at hand that are declared. */
    public void clear() {
        handles.forEach(Connectable::clear);
    }

    /** Declares how long a key is kept. */
    public void timeToLive(TimeToLive declared) {
        if (timeToLive != null) {
            throw new IllegalArgumentException(
                    "a time-to-live is declared twice: all states of a key expire together");
        }
        timeToLive = declared;
    }

    /** Declares a state of one value. */
    public <V> ValueState<V> value(String name, Type<V> type) {
        return add(new DeclaredValue<V>(declare(name, StateDeclaration.Kind.VALUE, null, type)));
    }

    /** Declares a list. */
    public <V> ListState<V> list(String name, Type<V> type) {
        return add(new DeclaredList<V>(declare(name, StateDeclaration.Kind.LIST, null, type)));
    }

    /** Declares a map. */
    public <U, V> MapState<U, V> map(String name, Type<U> key, Type<V> value) {
        return add(new DeclaredMap<U, V>(declare(name, StateDeclaration.Kind.MAP, key, value)));
    }

    /** Declares a map without a key. */
    public <U, V> MapState<U, V> broadcast(String name, Type<U> key, Type<V> value) {
        StateDeclaration declaration = declaration(name, StateDeclaration.Kind.MAP, key, value);
        broadcast.add(declaration);
        DeclaredMap<U, V> handle = new DeclaredMap<>(declaration);
        broadcastHandles.add(handle);
        return handle;
    }

    /** Declares a series. */
    public <V> TimeSeries<V> series(String name, Type<V> type) {
        return add(new DeclaredSeries<V>(declare(name, StateDeclaration.Kind.SERIES, null, type)));
    }

    /** Declares an accumulator. */
    public <A> AccumulatorState<A> accumulator(String name, Type<A> type) {
        return add(
                new DeclaredAccumulator<A>(
                        declare(name, StateDeclaration.Kind.ACCUMULATOR, null, type)));
    }

    /** Declares a timer. */
    public Timer timer(String name, TimeDomain domain) {
        if (timers.stream().anyMatch(timer -> timer.name().equals(name))) {
            throw new IllegalArgumentException(
                    "timer " + name + " is declared twice: give each timer a name of its own");
        }
        if (name.equals(TimeToLive.TIMER) || name.equals(Declarations.WAITING)) {
            throw new IllegalArgumentException(
                    "no timer can have the name "
                            + name
                            + ", which the step uses itself: choose another one");
        }
        TimerDeclaration declaration = new TimerDeclaration(name, domain);
        timers.add(declaration);
        return add(new DeclaredTimer(declaration));
    }

    private StateDeclaration declare(
            String name, StateDeclaration.Kind kind, Type<?> key, Type<?> value) {
        StateDeclaration declaration = declaration(name, kind, key, value);
        states.add(declaration);
        return declaration;
    }

    private StateDeclaration declaration(
            String name, StateDeclaration.Kind kind, Type<?> key, Type<?> value) {
        if (Stream.concat(states.stream(), broadcast.stream())
                .anyMatch(state -> state.name().equals(name))) {
            throw new IllegalArgumentException(
                    "state " + name + " is declared twice: give each state a name of its own");
        }
        if (name.equals(Declarations.WAITING) || name.equals(Declarations.WAITING_CONTROLS)) {
            throw new IllegalArgumentException(
                    "no state can have the name " + name + ", which a step uses: choose another");
        }
        return new StateDeclaration(name, kind, key, value);
    }

    private <H extends Connectable> H add(H handle) {
        handles.add(handle);
        return handle;
    }

    private interface Connectable {
        void connect(StateHandles runner);

        boolean isEmpty();

        void clear();
    }

    private static final class DeclaredValue<V> implements ValueState<V>, Connectable {
        private final StateDeclaration declaration;
        private ValueState<V> state;

        DeclaredValue(StateDeclaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public void connect(StateHandles runner) {
            state = runner.value(declaration);
        }

        @Override
        public V get() {
            return state.get();
        }

        @Override
        public void set(V value) {
            state.set(value);
        }

        @Override
        public boolean isEmpty() {
            return state.get() == null;
        }

        @Override
        public void clear() {
            state.clear();
        }
    }

    private static final class DeclaredList<V> implements ListState<V>, Connectable {
        private final StateDeclaration declaration;
        private ListState<V> state;

        DeclaredList(StateDeclaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public void connect(StateHandles runner) {
            state = runner.list(declaration);
        }

        @Override
        public Iterable<V> get() {
            return state.get();
        }

        @Override
        public int size() {
            return state.size();
        }

        @Override
        public void add(V value) {
            state.add(value);
        }

        @Override
        public void set(Iterable<? extends V> values) {
            state.set(values);
        }

        @Override
        public boolean isEmpty() {
            return state.size() == 0;
        }

        @Override
        public void clear() {
            state.clear();
        }
    }

    private static final class DeclaredMap<U, V> implements MapState<U, V>, Connectable {
        private final StateDeclaration declaration;
        private MapState<U, V> state;

        DeclaredMap(StateDeclaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public void connect(StateHandles runner) {
            state = runner.map(declaration);
        }

        void connectBroadcast(BroadcastHandles runner) {
            state = runner.map(declaration);
        }

        @Override
        public V get(U key) {
            return state.get(key);
        }

        @Override
        public void put(U key, V value) {
            state.put(key, value);
        }

        @Override
        public void remove(U key) {
            state.remove(key);
        }

        @Override
        public Iterable<Map.Entry<U, V>> entries() {
            return state.entries();
        }

        @Override
        public boolean isEmpty() {
            return state.isEmpty();
        }

        @Override
        public void clear() {
            state.clear();
        }
    }

    private static final class DeclaredAccumulator<A> implements AccumulatorState<A>, Connectable {
        private final StateDeclaration declaration;
        private AccumulatorState<A> state;

        DeclaredAccumulator(StateDeclaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public void connect(StateHandles runner) {
            state = runner.accumulator(declaration);
        }

        @Override
        public A edit() {
            return state.edit();
        }

        @Override
        public void set(A value) {
            state.set(value);
        }

        @Override
        public boolean isEmpty() {
            return state.edit() == null;
        }

        @Override
        public void clear() {
            state.clear();
        }
    }

    private static final class DeclaredSeries<V> implements TimeSeries<V>, Connectable {
        private final StateDeclaration declaration;
        private TimeSeries<V> series;

        DeclaredSeries(StateDeclaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public void connect(StateHandles runner) {
            series = runner.timeSeries(declaration);
        }

        @Override
        public void add(long time, V value) {
            series.add(time, value);
        }

        @Override
        public List<TimedValue<V>> range(long from, long to) {
            return series.range(from, to);
        }

        @Override
        public List<TimedValue<V>> all() {
            return series.all();
        }

        @Override
        public int size() {
            return series.size();
        }

        @Override
        public void removeBefore(long time) {
            series.removeBefore(time);
        }

        @Override
        public boolean isEmpty() {
            return series.size() == 0;
        }

        @Override
        public void clear() {
            series.clear();
        }
    }

    private static final class DeclaredTimer implements Timer, Connectable {
        private final TimerDeclaration declaration;
        private Timer timer;

        DeclaredTimer(TimerDeclaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public void connect(StateHandles runner) {
            timer = runner.timer(declaration);
        }

        @Override
        public void set(long time) {
            timer.set(time);
        }

        @Override
        public boolean isEmpty() {
            return timer.time().isEmpty();
        }

        @Override
        public void clear() {
            timer.clear();
        }

        @Override
        public OptionalLong time() {
            return timer.time();
        }
    }
}
