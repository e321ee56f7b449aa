package io.headrace.flink;

import io.headrace.StateRefusedException;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.IncompatibleSchemaException;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.kernel.state.BroadcastState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one subtask of a step keeps without a key, in memory, and in a savepoint of Flink as bytes
 * that say with which schemas they were written.
 *
 * <p>It is no broadcast state of Flink: of that each subtask would get the copy of some other one,
 * which may be ahead of it in time.
 */
final class FlinkBroadcast implements BroadcastState {
    private static final int VERSION = 1;

    private final StateLayout layout;
    private final Map<String, HeldMap<Object, Object>> maps = new LinkedHashMap<>();
    private final TimedValues waiting = new TimedValues();

    FlinkBroadcast(StateLayout layout) {
        this.layout = layout;
        layout.broadcast().maps().forEach(map -> maps.put(map.name(), new HeldMap<>()));
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

    /** Returns all that there is. */
    byte[] write() {
        BytesOut out = new BytesOut(256);
        out.writeVarInt(VERSION);
        out.writeVarInt(maps.size());
        for (StateDeclaration declaration : layout.broadcast().maps()) {
            Codec<Object> keys = Codecs.of(untyped(declaration.keyType()));
            Codec<Object> values = Codecs.of(untyped(declaration.valueType()));
            Map<Object, Object> held = maps.get(declaration.name()).held;
            out.writeString(declaration.name());
            out.writeString(SchemaText.write(declaration.keyType().schema()));
            out.writeString(SchemaText.write(declaration.valueType().schema()));
            out.writeVarInt(held.size());
            held.forEach(
                    (key, value) -> {
                        keys.write(key, out);
                        values.write(value, out);
                    });
        }
        Type<Object> control = untyped(layout.broadcast().controlType());
        Codec<Object> controls = Codecs.of(control);
        out.writeString(SchemaText.write(control.schema()));
        out.writeVarInt(waiting.size());
        for (int i = 0; i < waiting.size(); i++) {
            out.writeVarLong(waiting.time(i));
            controls.write(waiting.value(i), out);
        }
        return out.toByteArray();
    }

    /**
     * Takes what {@link #write} gave, whatever the types were then.
     *
     * @throws StateRefusedException if the step keeps something else now; names what differs
     */
    void read(byte[] written) {
        BytesIn in = new BytesIn(written);
        int version = in.readVarInt();
        if (version != VERSION) {
            throw new DecodeException(
                    "step "
                            + layout.step()
                            + ": broadcast state of version "
                            + version
                            + ", known is "
                            + VERSION);
        }
        try {
            for (int left = in.readCount(); left > 0; left--) {
                readMap(in);
            }
            Codec<Object> controls =
                    Codecs.reading(
                            SchemaText.parse(in.readString()),
                            untyped(layout.broadcast().controlType()));
            for (int left = in.readCount(); left > 0; left--) {
                long time = in.readVarLong();
                waiting.insert(time, controls.read(in, controls.version()));
            }
        } catch (IncompatibleSchemaException changed) {
            throw new StateRefusedException(
                    "step " + layout.step() + ": " + changed.getMessage(), changed);
        }
    }

    private void readMap(BytesIn in) {
        String name = in.readString();
        StateDeclaration declaration =
                layout.broadcast().maps().stream()
                        .filter(map -> map.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new StateRefusedException(
                                                "step "
                                                        + layout.step()
                                                        + ": broadcast state "
                                                        + name
                                                        + " is in the savepoint and not declared"
                                                        + " any more"));
        Codec<Object> keys =
                Codecs.readingKey(
                        SchemaText.parse(in.readString()), untyped(declaration.keyType()));
        Codec<Object> values =
                Codecs.reading(SchemaText.parse(in.readString()), untyped(declaration.valueType()));
        for (int left = in.readCount(); left > 0; left--) {
            Object key = keys.read(in, keys.version());
            maps.get(name).put(key, values.read(in, values.version()));
        }
    }

    @SuppressWarnings("unchecked") // The graph is untyped; the function that declared it is typed.
    private static Type<Object> untyped(Type<?> type) {
        return (Type<Object>) type;
    }

    private static final class HeldMap<U, V> implements MapState<U, V> {
        private final Map<U, V> held = new LinkedHashMap<>();

        @Override
        public V get(U key) {
            return held.get(key);
        }

        @Override
        public void put(U key, V value) {
            if (key == null || value == null) {
                throw new NullPointerException("a map state cannot hold null: call remove(key)");
            }
            held.put(key, value);
        }

        @Override
        public void remove(U key) {
            held.remove(key);
        }

        @Override
        public Iterable<Map.Entry<U, V>> entries() {
            return Collections.unmodifiableMap(held).entrySet();
        }

        @Override
        public boolean isEmpty() {
            return held.isEmpty();
        }

        @Override
        public void clear() {
            held.clear();
        }
    }
}
