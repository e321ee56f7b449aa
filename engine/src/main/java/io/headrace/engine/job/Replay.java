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
     * Counts a restore, and what will be read again: what was read since the checkpoint.
     *
     * @param progress the counters that outlive the process
     * @param manifest what is restored
     */
    public static void countRecovery(Store.Counters progress, Graph graph, Manifest manifest) {
        long saved = recordsRead(graph, manifest);
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
