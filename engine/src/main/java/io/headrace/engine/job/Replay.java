package io.headrace.engine.job;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.Store;
import java.util.Map;

/** Knows how many records had been read at a checkpoint, and counts what is read again. */
public final class Replay {
    private Replay() {}

    /**
     * Counts a recovery, and what will be read again: what was read since the checkpoint, or since
     * the beginning. A start that has nothing behind it is none.
     *
     * @param progress the counters that outlive the process
     * @param manifest what is restored; null if there is no checkpoint yet
     */
    public static void countRecovery(Store.Counters progress, Graph graph, Manifest manifest) {
        if (manifest == null && progress.get(2) == 0) {
            return;
        }
        long saved = manifest == null ? 0 : recordsRead(graph, manifest);
        progress.set(0, progress.get(0) + 1);
        progress.set(1, progress.get(1) + Math.max(0, progress.get(2) - saved));
        progress.set(2, saved);
    }

    private static long recordsRead(Graph graph, Manifest manifest) {
        return graph.steps().stream()
                .filter(Step.Read.class::isInstance)
                .map(step -> manifest.counters().getOrDefault(step.name(), Map.of()))
                .mapToLong(counters -> counters.getOrDefault("in", 0L))
                .sum();
    }
}
