package io.headrace.kernel.function;

import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.ControlContext;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.state.SeriesState;
import io.headrace.state.BroadcastHandles;
import io.headrace.state.DeclaredStates;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import java.util.Map;

/**
 * The control records of a step with broadcast state: those that wait for their time, and the calls
 * of the function that they cause.
 *
 * <p>In such a call the broadcast maps can be written, and the states of keys are away. In all
 * others it is the other way round.
 */
public final class ControlRecords implements ControlContext {
    private final BroadcastProcessFunction<Object, Object, Object, Object> function;
    private final DeclaredStates declared;
    private OperatorContext context;
    private SeriesState<Object> waiting;
    private boolean writable;
    private long timestamp;
    private boolean late;

    /** Creates the control records of one function object. */
    public ControlRecords(BroadcastProcessFunction<Object, Object, Object, Object> function) {
        this.function = function;
        this.declared = function.declaredStates();
    }

    void open(OperatorContext given) {
        context = given;
        waiting = given.broadcast().waiting();
        declared.connectBroadcast(new GuardedMaps(given.broadcast()));
    }

    /** Returns whether any wait for a time up to this one. */
    boolean waitUpTo(long time) {
        return waiting.size() > 0 && waiting.time(0) <= time;
    }

    /** Returns the time of the next one; there is one that waits. */
    long nextTime() {
        return waiting.time(0);
    }

    /** Takes one; it takes effect now if time has passed it. */
    void take(Object value, long time, long watermark) {
        if (time > watermark) {
            waiting.insert(time, value);
            return;
        }
        late = true;
        apply(value, time);
        late = false;
    }

    /** Lets all that wait take effect, up to a time, in the order in which they were dealt out. */
    void applyUpTo(long time) {
        int count = 0;
        while (count < waiting.size() && waiting.time(count) <= time) {
            apply(waiting.value(count), waiting.time(count));
            count++;
        }
        waiting.removeFirst(count);
    }

    private void apply(Object value, long time) {
        timestamp = time;
        writable = true;
        declared.connect(NoKey.HANDLES);
        try {
            function.processControl(value, this);
        } catch (Exception failed) {
            throw new StepFailure(context.step(), null, value, failed);
        } finally {
            declared.connect(context.state());
            writable = false;
        }
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public boolean late() {
        return late;
    }

    /** Gives the maps out, for writing in a call for a control record only. */
    private final class GuardedMaps implements BroadcastHandles {
        private final BroadcastHandles maps;

        GuardedMaps(BroadcastHandles maps) {
            this.maps = maps;
        }

        @Override
        public <U, V> MapState<U, V> map(StateDeclaration declaration) {
            return new GuardedMap<>(declaration.name(), maps.map(declaration));
        }
    }

    private final class GuardedMap<U, V> implements MapState<U, V> {
        private final String name;
        private final MapState<U, V> map;

        GuardedMap(String name, MapState<U, V> map) {
            this.name = name;
            this.map = map;
        }

        @Override
        public V get(U key) {
            return map.get(key);
        }

        @Override
        public void put(U key, V value) {
            requireWritable();
            map.put(key, value);
        }

        @Override
        public void remove(U key) {
            requireWritable();
            map.remove(key);
        }

        @Override
        public Iterable<Map.Entry<U, V>> entries() {
            return map.entries();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public void clear() {
            requireWritable();
            map.clear();
        }

        private void requireWritable() {
            if (!writable) {
                throw new IllegalStateException(
                        "broadcast state "
                                + name
                                + " is the same for all keys and in all subtasks, so no record may"
                                + " change it: write it in processControl");
            }
        }
    }
}
