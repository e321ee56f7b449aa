package io.headrace.engine.store;

import io.headrace.StateRefusedException;
import io.headrace.kernel.checkpoint.EntryConsumer;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.IncompatibleSchemaException;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.state.Declarations;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.type.BytesIn;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills what a subtask keeps without a key from the one copy in a checkpoint. States are matched by
 * name, as {@link EntryRestore} does it.
 */
public final class BroadcastRestore implements EntryConsumer {
    /** What to read of the file: all of it, in each subtask. */
    public static final StateFile.GroupRange RANGE =
            new StateFile.GroupRange(BroadcastStore.GROUP, BroadcastStore.GROUP);

    private final BroadcastStore store;
    private final StepSchema written;
    private final List<Target> targets = new ArrayList<>();

    @FunctionalInterface
    private interface Target {
        void restore(BytesIn key, BytesIn value);
    }

    /**
     * Prepares to read the file of a schema.
     *
     * @param store null if the step keeps nothing without a key
     * @throws StateRefusedException if the step keeps something else now; names what differs
     */
    public BroadcastRestore(BroadcastStore store, StepSchema written) {
        this.store = store;
        this.written = written;
        try {
            written.states().forEach(state -> targets.add(target(state)));
        } catch (IncompatibleSchemaException incompatible) {
            throw new StateRefusedException(
                    "step " + written.step() + ": " + incompatible.getMessage(), incompatible);
        }
    }

    private Target target(StepSchema.StateSchema state) {
        if (state.kind() != StateKind.BROADCAST) {
            return (key, value) -> {
                throw new DecodeException(
                        "step " + written.step() + ": state " + state.name() + " has no key");
            };
        }
        if (store != null && state.name().equals(Declarations.WAITING_CONTROLS)) {
            return waiting(state);
        }
        if (store != null) {
            for (StateDeclaration map : store.layout().maps()) {
                if (map.name().equals(state.name())) {
                    return map(map, state);
                }
            }
        }
        throw EntryRestore.unknown(written, "broadcast state " + state.name());
    }

    private Target map(StateDeclaration declaration, StepSchema.StateSchema state) {
        MapState<Object, Object> map = store.map(declaration);
        Codec<Object> keys =
                Codecs.readingKey(
                        SchemaText.parse(state.keySchema()),
                        EntryCodec.untyped(declaration.keyType()));
        Codec<Object> values =
                Codecs.reading(
                        SchemaText.parse(state.valueSchema()),
                        EntryCodec.untyped(declaration.valueType()));
        return (key, value) ->
                map.put(EntryRestore.read(keys, key), EntryRestore.read(values, value));
    }

    private Target waiting(StepSchema.StateSchema state) {
        PlacedValues placed = new PlacedValues(store.waiting());
        Codec<Object> values =
                Codecs.reading(
                        SchemaText.parse(state.valueSchema()),
                        EntryCodec.untyped(store.layout().controlType()));
        return (key, value) ->
                placed.insert(
                        key.readVarLong(), key.readVarInt(), EntryRestore.read(values, value));
    }

    @Override
    public void entry(int group, int stateId, BytesIn key, BytesIn userKey, BytesIn value) {
        targets.get(stateId).restore(userKey, value);
        if (value.remaining() > 0) {
            throw new DecodeException(
                    "step " + written.step() + ": " + value.remaining() + " bytes are left over");
        }
    }
}
