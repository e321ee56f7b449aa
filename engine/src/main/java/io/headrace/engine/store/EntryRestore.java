package io.headrace.engine.store;

import io.headrace.StateRefusedException;
import io.headrace.kernel.checkpoint.EntryConsumer;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.IncompatibleSchemaException;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.AccumulatorState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeToLive;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.BytesIn;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the state of one subtask from files of a checkpoint, which another version of the pipeline
 * may have written: states are matched by name, values by the names of their fields.
 */
public final class EntryRestore implements EntryConsumer {
    private final KeyedStore state;
    private final EntryCodec codec;
    private final StepSchema written;
    private final Codec<Object> keyCodec;
    private final int keyVersion;
    private final List<Target> targets = new ArrayList<>();

    /** Puts an element of the key at hand where it belongs. */
    @FunctionalInterface
    private interface Target {
        void restore(BytesIn userKey, BytesIn value);
    }

    /**
     * Prepares to read files of a schema.
     *
     * @throws StateRefusedException if the step keeps something else now; names what differs
     */
    public EntryRestore(KeyedStore state, EntryCodec codec, StepSchema written) {
        this.state = state;
        this.codec = codec;
        this.written = written;
        try {
            Type<Object> keyType = EntryCodec.untyped(codec.layout().keyType());
            this.keyCodec = Codecs.readingKey(SchemaText.parse(written.keySchema()), keyType);
            this.keyVersion = keyCodec.version();
            written.states().forEach(one -> targets.add(target(one)));
        } catch (IncompatibleSchemaException incompatible) {
            throw new StateRefusedException(
                    "step " + written.step() + ": " + incompatible.getMessage(), incompatible);
        }
    }

    private Target target(StepSchema.StateSchema state) {
        if (state.kind() == StateKind.TIMERS) {
            return timer(state.name());
        }
        if (state.kind() == StateKind.BROADCAST) {
            return this::misplaced; // In a file of its own, see BroadcastRestore.
        }
        List<StateDeclaration> declared = codec.layout().states();
        for (int index = 0; index < declared.size(); index++) {
            if (declared.get(index).name().equals(state.name())) {
                return target(declared.get(index), codec.schema().states().get(index), state);
            }
        }
        throw unknown("state " + state.name());
    }

    private void misplaced(BytesIn userKey, BytesIn value) {
        throw new DecodeException("step " + written.step() + ": broadcast state has a key");
    }

    private Target timer(String name) {
        StateLayout layout = codec.layout();
        for (int index = 0; index < layout.timers().size(); index++) {
            if (layout.timers().get(index).name().equals(name)) {
                Timer timer = state.timer(layout.timers().get(index));
                if (layout.storedEarlierMillis(index) == 0) {
                    return (userKey, value) -> timer.set(value.readVarLong());
                }
                TimeToLive timeToLive = layout.timeToLive();
                return (userKey, value) -> timer.set(timeToLive.after(value.readVarLong()));
            }
        }
        if (name.equals(TimeToLive.TIMER)) { // Keys do not expire any more: nothing is lost.
            return (userKey, value) -> value.readVarLong();
        }
        throw unknown("timer " + name);
    }

    private Target target(
            StateDeclaration declaration,
            StepSchema.StateSchema now,
            StepSchema.StateSchema state) {
        if (now.kind() != state.kind()) {
            throw new StateRefusedException(
                    "step "
                            + written.step()
                            + ": state "
                            + state.name()
                            + " was a "
                            + state.kind().text()
                            + " and is a "
                            + now.kind().text()
                            + " now: give the new one another name");
        }
        Codec<Object> values =
                Codecs.reading(
                        SchemaText.parse(state.valueSchema()),
                        EntryCodec.untyped(declaration.valueType()));
        return switch (declaration.kind()) {
            case VALUE -> {
                ValueState<Object> handle = this.state.value(declaration);
                yield (userKey, value) -> handle.set(read(values, value));
            }
            case ACCUMULATOR -> {
                AccumulatorState<Object> handle = this.state.accumulator(declaration);
                yield (userKey, value) -> handle.set(read(values, value));
            }
            case LIST -> {
                ListState<Object> handle = this.state.list(declaration);
                yield (userKey, value) -> {
                    for (int left = value.readCount(); left > 0; left--) {
                        handle.add(read(values, value));
                    }
                };
            }
            case MAP -> map(declaration, state, values);
            case SERIES -> new SeriesTarget(this.state.series(declaration), values);
        };
    }

    private Target map(
            StateDeclaration declaration, StepSchema.StateSchema state, Codec<Object> values) {
        MapState<Object, Object> handle = this.state.map(declaration);
        Codec<Object> userKeys =
                Codecs.readingKey(
                        SchemaText.parse(state.keySchema()),
                        EntryCodec.untyped(declaration.keyType()));
        return (userKey, value) -> handle.put(read(userKeys, userKey), read(values, value));
    }

    static Object read(Codec<Object> codec, BytesIn in) {
        return codec.read(in, codec.version());
    }

    private StateRefusedException unknown(String what) {
        return unknown(written, what);
    }

    static StateRefusedException unknown(StepSchema written, String what) {
        return new StateRefusedException(
                "step "
                        + written.step()
                        + ": the checkpoint has "
                        + what
                        + ", which the step does not declare any more: declare it, or start over");
    }

    @Override
    public void entry(int group, int stateId, BytesIn key, BytesIn userKey, BytesIn value) {
        seek(keyCodec.read(key, keyVersion));
        targets.get(stateId).restore(userKey, value);
        if (value.remaining() > 0) {
            throw new DecodeException(
                    "step " + written.step() + ": " + value.remaining() + " bytes are left over");
        }
    }

    /** Elements of one key follow each other: it is sought once for all of them. */
    private void seek(Object key) {
        if (!key.equals(state.key())) {
            state.seek(key, codec.hash(key));
        }
    }

    private final class SeriesTarget implements Target {
        private final SeriesState<Object> series;
        private final PlacedValues placed;
        private final Codec<Object> values;
        private Object key;

        SeriesTarget(SeriesState<Object> series, Codec<Object> values) {
            this.series = series;
            this.placed = new PlacedValues(series);
            this.values = values;
        }

        @Override
        public void restore(BytesIn userKey, BytesIn value) {
            if (key != state.key()) {
                requireNew();
                key = state.key();
                placed.begin();
            }
            placed.insert(userKey.readVarLong(), userKey.readVarInt(), read(values, value));
        }

        private void requireNew() {
            if (series.size() > 0) {
                throw new DecodeException(
                        "step "
                                + written.step()
                                + ": the elements of one key do not stand together in the file");
            }
        }
    }
}
