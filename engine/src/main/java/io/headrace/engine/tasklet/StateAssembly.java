package io.headrace.engine.tasklet;

import io.headrace.engine.store.BroadcastRestore;
import io.headrace.engine.store.BroadcastStore;
import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.EntryRestore;
import io.headrace.engine.store.KeyedStore;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.checkpoint.EntryConsumer;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.plan.StepKind;
import io.headrace.kernel.state.StateLayout;
import java.io.IOException;
import java.util.Optional;

/**
 * Creates the state of the operators of one subtask, and fills it from a checkpoint: from every
 * file of a step the key groups that the subtask owns, whatever parallelism wrote them, and the one
 * copy of what it keeps without a key.
 */
final class StateAssembly {
    private final Graph graph;
    private final Restored restored;
    private final int cachedKeys;
    private final StateFile.GroupRange range;

    StateAssembly(Graph graph, Restored restored, int cachedKeys, StateFile.GroupRange range) {
        this.graph = graph;
        this.cachedKeys = cachedKeys;
        this.restored = restored;
        this.range = range;
    }

    /** Returns the state of an operator, or null if it declares none. */
    SubtaskParts.Store store(Step step, Operator operator) throws IOException {
        StateLayout layout = operator.layout();
        if (layout == null) {
            return null;
        }
        int keyGroups = graph.settings().keyGroups();
        EntryCodec codec = new EntryCodec(layout, StepKind.of(step), keyGroups);
        KeyedStore state = KeyedStore.of(layout, codec, cachedKeys);
        BroadcastStore broadcast = layout.broadcast() == null ? null : new BroadcastStore(layout);
        SubtaskParts.Store store = new SubtaskParts.Store(state, codec, broadcast);
        if (restored != null) {
            Optional<Manifest.StepState> saved = restored.step(step.name());
            if (saved.isPresent()) {
                restore(saved.get(), store);
                operator.restoreWatermark(watermark(saved.get()));
            }
        }
        return store;
    }

    private void restore(Manifest.StepState saved, SubtaskParts.Store store) throws IOException {
        EntryRestore keyed = new EntryRestore(store.state(), store.codec(), saved.schema());
        BroadcastRestore broadcast = new BroadcastRestore(store.broadcast(), saved.schema());
        String withoutKey = StateFile.operatorName(saved.schema().step());
        for (FileEntry file : saved.files()) {
            if (file.name().equals(withoutKey)) {
                read(file, BroadcastRestore.RANGE, broadcast);
            } else {
                read(file, range, keyed);
            }
        }
    }

    private void read(FileEntry file, StateFile.GroupRange groups, EntryConsumer consumer)
            throws IOException {
        StateFile.read(restored.store(), restored.directory(), file, groups, consumer);
    }

    private long watermark(Manifest.StepState saved) {
        long lowest = Long.MAX_VALUE;
        for (int group = range.first(); group <= range.last(); group++) {
            lowest = Math.min(lowest, saved.watermarks().get(group));
        }
        return lowest;
    }
}
