package io.headrace.engine.job;

import io.headrace.connector.Lineage;
import io.headrace.engine.tasklet.Restored;
import io.headrace.kernel.chain.LateRecord;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a job runs with.
 *
 * @param state its state directory; null keeps no checkpoints
 * @param restored what it starts from when its own directory has no checkpoint, or null
 * @param scratch a directory for pieces that sinks keep beside the state
 * @param lateRecords takes a sample of late records
 * @param redrives the batches of dead letters that were ever redriven, oldest first
 * @param workers how many threads step its subtasks
 */
public record JobSettings(
        Plan plan,
        StateDirectory state,
        Restored restored,
        Lineage lineage,
        long owner,
        Path scratch,
        Consumer<List<LateRecord>> lateRecords,
        List<Path> redrives,
        int workers,
        long checkpointIntervalNanos,
        String fingerprint,
        Clock clock) {}
