package io.headrace.engine.tasklet;

import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.EntryRestore;
import io.headrace.engine.store.KeyedStore;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.plan.StepKind;
import io.headrace.kernel.state.StateLayout;
import java.io.IOException;
import java.util.Optional;

/**
 * Creates the state of the operators of one subtask, and fills it from a checkpoint: from every
 * file of a step the key groups that the subtask owns, whatever parallelism wrote them.
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
        if (restored != null) {
            Optional<Manifest.StepState> saved = restored.step(step.name());
            if (saved.isPresent()) {
                restore(saved.get(), state, codec);
                operator.restoreWatermark(watermark(saved.get()));
            }
        }
        return new SubtaskParts.Store(state, codec);
    }

    private void restore(Manifest.StepState saved, KeyedStore state, EntryCodec codec)
            throws IOException {
        EntryRestore restore = new EntryRestore(state, codec, saved.schema());
        for (FileEntry file : saved.files()) {
            StateFile.read(restored.store(), restored.directory(), file, range, restore);
        }
    }

    private long watermark(Manifest.StepState saved) {
        long lowest = Long.MAX_VALUE;
        for (int group = range.first(); group <= range.last(); group++) {
            lowest = Math.min(lowest, saved.watermarks().get(group));
        }
        return lowest;
    }
}
