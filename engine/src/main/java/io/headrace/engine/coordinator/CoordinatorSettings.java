package io.headrace.engine.coordinator;

import io.headrace.connector.Lineage;
import io.headrace.kernel.chain.LateRecord;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a coordinator works with.
 *
 * @param checkpoints where checkpoints are written; null keeps none, and sinks commit at the end
 * @param progress slot 0 recoveries, 1 replayed records, 2 records read; null with no checkpoints
 * @param intervalNanos between the start of two checkpoints
 * @param fingerprint of the plan
 * @param lateRecords takes a sample of the late records of each durable checkpoint
 * @param redrives the batches of dead letters that were redriven over the life of the state, oldest
 *     first
 */
public record CoordinatorSettings(
        CheckpointDirectory checkpoints,
        Store.Counters progress,
        Clock clock,
        long intervalNanos,
        Lineage lineage,
        long owner,
        String fingerprint,
        Consumer<List<LateRecord>> lateRecords,
        List<Path> redrives) {
    /** Copies the list. */
    public CoordinatorSettings {
        redrives = List.copyOf(redrives);
    }
}
