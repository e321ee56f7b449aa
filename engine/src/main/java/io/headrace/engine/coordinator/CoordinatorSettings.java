package io.headrace.engine.coordinator;

import io.headrace.connector.Lineage;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.time.Clock;
import java.nio.file.Path;
import java.util.List;

/**
 * What a coordinator works with.
 *
 * @param checkpoints where checkpoints are written; null keeps none, and sinks commit at the end
 * @param progress slot 0 recoveries, 1 replayed records, 2 records read; null with no checkpoints
 * @param intervalNanos between the start of two checkpoints
 * @param fingerprint of the plan
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
        List<Path> redrives) {
    /** Copies the list. */
    public CoordinatorSettings {
        redrives = List.copyOf(redrives);
    }

    /** Creates settings of a job to which nothing is redriven. */
    public CoordinatorSettings(
            CheckpointDirectory checkpoints,
            Store.Counters progress,
            Clock clock,
            long intervalNanos,
            Lineage lineage,
            long owner,
            String fingerprint) {
        this(checkpoints, progress, clock, intervalNanos, lineage, owner, fingerprint, List.of());
    }
}
