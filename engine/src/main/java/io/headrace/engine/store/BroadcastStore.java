package io.headrace.engine.store;

import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.kernel.state.BroadcastState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.Declarations;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one subtask of a step keeps without a key, in memory. In files the ids of its states follow
 * those of the step's timers: first the maps, then the control records that wait, which are stored
 * as a series is.
 *
 * <p>One thread.
 */
public final class BroadcastStore implements BroadcastState {
    /** What has no key stands in the first key group of its file. */
    static final int GROUP = 0;

    private final StateLayout.Broadcast layout;
    private final int firstId;
    private final Map<String, HeldMap<Object, Object>> maps = new LinkedHashMap<>();
    private final HeldSeries waiting = new HeldSeries();

    /** Creates an empty store for what a layout declares without a key. */
    public BroadcastStore(StateLayout layout) {
        this.layout = layout.broadcast();
        this.firstId = layout.states().size() + layout.timers().size();
        this.layout.maps().forEach(map -> maps.put(map.name(), new HeldMap<>()));
    }

    /** Adds what a step keeps without a key to what is said of it in files. */
    static void addSchemas(StateLayout.Broadcast layout, List<StepSchema.StateSchema> states) {
        for (StateDeclaration map : layout.maps()) {
            states.add(
                    new StepSchema.StateSchema(
                            map.name(),
                            StateKind.BROADCAST,
                            SchemaText.write(map.keyType().schema()),
                            SchemaText.write(map.valueType().schema())));
        }
        states.add(
                new StepSchema.StateSchema(
                        Declarations.WAITING_CONTROLS,
                        StateKind.BROADCAST,
                        SchemaText.write(EntryCodec.SERIES_KEY),
                        SchemaText.write(layout.controlType().schema())));
    }

    @Override
    @SuppressWarnings("unchecked") // A function gets the map that it declared with these types.
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        return (MapState<U, V>) maps.get(declaration.name());
    }

    @Override
    public SeriesState<Object> waiting() {
        return waiting;
    }

    StateLayout.Broadcast layout() {
        return layout;
    }

    /** Returns all that there is now, in the form of a file. */
    public KeyGroupBuffers write() {
        KeyGroupBuffers target = new KeyGroupBuffers(GROUP, GROUP);
        int id = firstId;
        for (StateDeclaration map : layout.maps()) {
            writeMap(id++, map, target);
        }
        writeWaiting(id, target);
        return target;
    }

    private void writeMap(int id, StateDeclaration declaration, KeyGroupBuffers target) {
        Codec<Object> keys = Codecs.of(EntryCodec.untyped(declaration.keyType()));
        Codec<Object> values = Codecs.of(EntryCodec.untyped(declaration.valueType()));
        BytesOut none = new BytesOut(0);
        BytesOut key = new BytesOut(64);
        BytesOut value = new BytesOut(64);
        for (Map.Entry<Object, Object> entry : maps.get(declaration.name()).entries()) {
            key.clear();
            keys.write(entry.getKey(), key);
            value.clear();
            values.write(entry.getValue(), value);
            target.entry(GROUP, id, none, key, value);
        }
    }

    private void writeWaiting(int id, KeyGroupBuffers target) {
        Codec<Object> values = Codecs.of(EntryCodec.untyped(layout.controlType()));
        BytesOut none = new BytesOut(0);
        BytesOut key = new BytesOut(16);
        BytesOut value = new BytesOut(64);
        int place = 0;
        for (int i = 0; i < waiting.size(); i++) {
            place = i > 0 && waiting.time(i) == waiting.time(i - 1) ? place + 1 : 0;
            key.clear();
            key.writeVarLong(waiting.time(i));
            key.writeVarInt(place);
            value.clear();
            values.write(waiting.value(i), value);
            target.entry(GROUP, id, none, key, value);
        }
    }

    private static final class HeldMap<U, V> implements MapState<U, V> {
        private SmallMap<U, V> map = new SmallMap<>();

        @Override
        public V get(U key) {
            return map.get(key);
        }

        @Override
        public void put(U key, V value) {
            if (key == null || value == null) {
                throw new NullPointerException("a map state cannot hold null: call remove(key)");
            }
            map.put(key, value);
        }

        @Override
        public void remove(U key) {
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
            map = new SmallMap<>();
        }
    }

    private static final class HeldSeries implements SeriesState<Object> {
        private final Series series = new Series();

        @Override
        public int size() {
            return series.size();
        }

        @Override
        public long time(int index) {
            return series.time(index);
        }

        @Override
        public Object value(int index) {
            return series.value(index);
        }

        @Override
        public int find(long time) {
            return series.find(time);
        }

        @Override
        public int insert(long time, Object value) {
            return series.insert(time, value);
        }

        @Override
        public void set(int index, Object value) {
            series.set(index, value);
        }

        @Override
        public void remove(int index) {
            series.remove(index);
        }

        @Override
        public void removeFirst(int count) {
            series.removeFirst(count);
        }

        @Override
        public Object cache() {
            return series.cache;
        }

        @Override
        public void cache(Object cache) {
            series.cache = cache;
        }
    }
}
