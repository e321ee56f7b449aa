package io.headrace.engine.store;

import io.headrace.StateRefusedException;
import io.headrace.kernel.checkpoint.EntryConsumer;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.IncompatibleSchemaException;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.state.StateDeclaration;
import io.headrace.type.BytesIn;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fills the state of one subtask from files of a checkpoint, which another version of the pipeline
 * may have written: states are matched by name, values by the names of their fields.
 */
public final class EntryRestore implements EntryConsumer {
    private final TableState state;
    private final EntryCodec codec;
    private final StepSchema written;
    private final Codec<Object> keyCodec;
    private final int keyVersion;
    private final List<Target> targets = new ArrayList<>();
    private Entry lastEntry;
    private Series lastSeries;

    /** The place among equal times of each element of the last series. */
    private final List<Integer> places = new ArrayList<>();

    /** Where the elements of one written state go. */
    private record Target(
            int index, StateDeclaration declaration, Codec<Object> userKeys, Codec<Object> values) {
        boolean isTimer() {
            return declaration == null;
        }
    }

    /**
     * Prepares to read files of a schema.
     *
     * @throws StateRefusedException if the step keeps something else now; names what differs
     */
    public EntryRestore(TableState state, EntryCodec codec, StepSchema written) {
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
            for (int index = 0; index < codec.layout().timers().size(); index++) {
                if (codec.layout().timers().get(index).name().equals(state.name())) {
                    return new Target(index, null, null, null);
                }
            }
            throw unknown("timer " + state.name());
        }
        List<StateDeclaration> declared = codec.layout().states();
        for (int index = 0; index < declared.size(); index++) {
            if (declared.get(index).name().equals(state.name())) {
                return target(index, declared.get(index), state);
            }
        }
        throw unknown("state " + state.name());
    }

    private Target target(int index, StateDeclaration declaration, StepSchema.StateSchema state) {
        StepSchema.StateSchema now = codec.schema().states().get(index);
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
        Codec<Object> userKeys =
                declaration.kind() == StateDeclaration.Kind.MAP
                        ? Codecs.readingKey(
                                SchemaText.parse(state.keySchema()),
                                EntryCodec.untyped(declaration.keyType()))
                        : null;
        Codec<Object> values =
                Codecs.reading(
                        SchemaText.parse(state.valueSchema()),
                        EntryCodec.untyped(declaration.valueType()));
        return new Target(index, declaration, userKeys, values);
    }

    private StateRefusedException unknown(String what) {
        return new StateRefusedException(
                "step "
                        + written.step()
                        + ": the checkpoint has "
                        + what
                        + ", which the step does not declare any more: declare it, or start over");
    }

    @Override
    public void entry(int group, int stateId, BytesIn key, BytesIn userKey, BytesIn value) {
        Target target = targets.get(stateId);
        Entry entry = entryOf(key);
        if (target.isTimer()) {
            entry.timers[target.index] = value.readVarLong();
        } else {
            restore(entry, target, userKey, value);
        }
        if (value.remaining() > 0) {
            throw new DecodeException(
                    "step " + written.step() + ": " + value.remaining() + " bytes are left over");
        }
    }

    /** Elements of one key follow each other: the entry of the last key is looked for first. */
    private Entry entryOf(BytesIn key) {
        Object decoded = keyCodec.read(key, keyVersion);
        if (lastEntry == null || !lastEntry.key.equals(decoded)) {
            lastEntry = state.restoring(decoded, codec.hash(decoded));
        }
        return lastEntry;
    }

    @SuppressWarnings("unchecked") // The kind of a state decides what stands in its place.
    private void restore(Entry entry, Target target, BytesIn userKey, BytesIn value) {
        int version = target.values.version();
        Object present = entry.state(target.index);
        switch (target.declaration.kind()) {
            case VALUE, ACCUMULATOR -> {
                Object read = target.values.read(value, version);
                if (state.isLong(target.index)) {
                    entry.longState = (Long) read;
                    entry.state(target.index, Entry.LONG);
                } else {
                    entry.state(target.index, read);
                }
            }
            case LIST -> {
                int count = value.readCount();
                List<Object> list = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    list.add(target.values.read(value, version));
                }
                entry.state(target.index, list);
            }
            case MAP -> {
                SmallMap<Object, Object> map =
                        present == null ? new SmallMap<>() : (SmallMap<Object, Object>) present;
                map.put(
                        target.userKeys.read(userKey, target.userKeys.version()),
                        target.values.read(value, version));
                entry.state(target.index, map);
            }
            case SERIES -> {
                Series series = present == null ? new Series() : (Series) present;
                insert(series, userKey, target.values.read(value, version));
                entry.state(target.index, series);
            }
        }
    }

    /** Among equal times the stored place decides: elements may stand in the file in any order. */
    private void insert(Series series, BytesIn userKey, Object value) {
        if (series != lastSeries) {
            requireNew(series);
            lastSeries = series;
            places.clear();
        }
        int at = series.insert(userKey.readVarLong(), value);
        int place = userKey.readVarInt();
        places.add(at, place);
        while (at > 0 && series.time(at - 1) == series.time(at) && places.get(at - 1) > place) {
            series.set(at, series.value(at - 1));
            series.set(at - 1, value);
            Collections.swap(places, at, --at);
        }
    }

    private void requireNew(Series series) {
        if (series.size() > 0) {
            throw new DecodeException(
                    "step "
                            + written.step()
                            + ": the elements of one key do not stand together in the file");
        }
    }
}
