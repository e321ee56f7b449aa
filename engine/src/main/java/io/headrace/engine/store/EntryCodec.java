package io.headrace.engine.store;

import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the entries of one subtask of a step in the portable form: one element per state of a key,
 * and one per element of a map or a series.
 *
 * <p>A series is stored as a map from (time, place among equal times). Timers follow the states,
 * one id each. One thread.
 */
public final class EntryCodec {
    /** How the key of a series element is stored: the time, then the place among equal times. */
    static final Schema SERIES_KEY = new Schema.Custom("series.key", 1);

    private final StateLayout layout;
    private final StepSchema schema;
    private final int keyGroups;
    private final Codec<Object> keyCodec;
    private final KeyHash keyHash;
    private final List<Codec<Object>> userKeyCodecs = new ArrayList<>();
    private final List<Codec<Object>> valueCodecs = new ArrayList<>();
    private final BytesOut keyBytes = new BytesOut(64);
    private final BytesOut userKeyBytes = new BytesOut(64);
    private final BytesOut valueBytes = new BytesOut(256);

    /**
     * Creates the codec of a layout.
     *
     * @param stepKind the kind of the step, as it is written into checkpoints
     */
    public EntryCodec(StateLayout layout, String stepKind, int keyGroups) {
        this.layout = layout;
        this.keyGroups = keyGroups;
        this.keyCodec = Codecs.of(untyped(layout.keyType()));
        this.keyHash = KeyHash.of(layout.keyType(), keyGroups);
        for (StateDeclaration state : layout.states()) {
            boolean map = state.kind() == StateDeclaration.Kind.MAP;
            userKeyCodecs.add(map ? Codecs.of(untyped(state.keyType())) : null);
            valueCodecs.add(Codecs.of(untyped(state.valueType())));
        }
        this.schema = schemaOf(layout, stepKind);
    }

    @SuppressWarnings("unchecked") // Layouts are untyped; the graph was built from typed streams.
    static Type<Object> untyped(Type<?> type) {
        return (Type<Object>) type;
    }

    private static StepSchema schemaOf(StateLayout layout, String stepKind) {
        List<StepSchema.StateSchema> states = new ArrayList<>();
        for (StateDeclaration state : layout.states()) {
            String value = SchemaText.write(state.valueType().schema());
            states.add(
                    new StepSchema.StateSchema(
                            state.name(), kindOf(state), userKeySchema(state), value));
        }
        String time = SchemaText.write(new Schema.Scalar(Schema.Kind.LONG));
        layout.timers()
                .forEach(
                        timer ->
                                states.add(
                                        new StepSchema.StateSchema(
                                                timer.name(), StateKind.TIMERS, null, time)));
        if (layout.broadcast() != null) {
            BroadcastStore.addSchemas(layout.broadcast(), states);
        }
        String key = SchemaText.write(layout.keyType().schema());
        return new StepSchema(layout.step(), stepKind, 1, key, states);
    }

    private static StateKind kindOf(StateDeclaration state) {
        return switch (state.kind()) {
            case VALUE -> StateKind.VALUE;
            case LIST -> StateKind.LIST;
            case MAP, SERIES -> StateKind.MAP;
            case ACCUMULATOR -> StateKind.ACCUMULATOR;
        };
    }

    private static String userKeySchema(StateDeclaration state) {
        return switch (state.kind()) {
            case MAP -> SchemaText.write(state.keyType().schema());
            case SERIES -> SchemaText.write(SERIES_KEY);
            case VALUE, LIST, ACCUMULATOR -> null;
        };
    }

    /** Returns what is written into every file of the step. */
    public StepSchema schema() {
        return schema;
    }

    StateLayout layout() {
        return layout;
    }

    int hash(Object key) {
        return keyHash.hash(key);
    }

    void write(Entry entry, KeyGroupBuffers target) {
        final int group = KeyGroups.group(entry.hash, keyGroups);
        keyBytes.clear();
        keyCodec.write(entry.key, keyBytes);
        final int states = layout.states().size();
        for (int id = 0; id < states; id++) {
            if (entry.state(id) != null) {
                write(group, id, entry, target);
            }
        }
        for (int timer = 0; timer < layout.timers().size(); timer++) {
            if (entry.timer(timer) != Entry.NOT_PENDING) {
                valueBytes.clear();
                valueBytes.writeVarLong(entry.timer(timer) - layout.storedEarlierMillis(timer));
                target.entry(group, states + timer, keyBytes, null, valueBytes);
            }
        }
    }

    private void write(int group, int id, Entry entry, KeyGroupBuffers target) {
        Object state = entry.stateValue(id);
        boolean series = layout.states().get(id).kind() == StateDeclaration.Kind.SERIES;
        if (series && !(state instanceof Series)) {
            writeSeriesKey(entry.longState, 0);
            writeElement(group, id, state, target);
        } else {
            writeState(group, id, state, target);
        }
    }

    /** Writes the only state of a key: the step keeps one {@code Long} for a {@code Long}. */
    void write(Long key, Long value, KeyGroupBuffers target) {
        final int group = KeyGroups.group(keyHash.hash(key), keyGroups);
        keyBytes.clear();
        keyCodec.write(key, keyBytes);
        writeState(group, 0, value, target);
    }

    private void writeState(int group, int id, Object state, KeyGroupBuffers target) {
        Codec<Object> values = valueCodecs.get(id);
        switch (layout.states().get(id).kind()) {
            case VALUE, ACCUMULATOR -> {
                valueBytes.clear();
                values.write(state, valueBytes);
                target.entry(group, id, keyBytes, null, valueBytes);
            }
            case LIST -> {
                List<?> list = (List<?>) state;
                valueBytes.clear();
                valueBytes.writeVarInt(list.size());
                list.forEach(value -> values.write(value, valueBytes));
                target.entry(group, id, keyBytes, null, valueBytes);
            }
            case MAP -> writeMap(group, id, (SmallMap<?, ?>) state, target);
            case SERIES -> writeSeries(group, id, (Series) state, target);
        }
    }

    private void writeMap(int group, int id, SmallMap<?, ?> map, KeyGroupBuffers target) {
        for (Map.Entry<?, ?> element : map.entries()) {
            userKeyBytes.clear();
            userKeyCodecs.get(id).write(element.getKey(), userKeyBytes);
            writeElement(group, id, element.getValue(), target);
        }
    }

    private void writeSeries(int group, int id, Series series, KeyGroupBuffers target) {
        int place = 0;
        for (int i = 0; i < series.size(); i++) {
            place = i > 0 && series.time(i) == series.time(i - 1) ? place + 1 : 0;
            writeSeriesKey(series.time(i), place);
            writeElement(group, id, series.value(i), target);
        }
    }

    private void writeSeriesKey(long time, int place) {
        userKeyBytes.clear();
        userKeyBytes.writeVarLong(time);
        userKeyBytes.writeVarInt(place);
    }

    private void writeElement(int group, int id, Object value, KeyGroupBuffers target) {
        valueBytes.clear();
        valueCodecs.get(id).write(value, valueBytes);
        target.entry(group, id, keyBytes, userKeyBytes, valueBytes);
    }
}
