package io.headrace.engine.job;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.Manifest;
import java.util.Map;

/** Knows how many records had been read at a checkpoint. */
final class Replay {
    private Replay() {}

    static long recordsRead(Graph graph, Manifest manifest) {
        return graph.steps().stream()
                .filter(Step.Read.class::isInstance)
                .map(step -> manifest.counters().getOrDefault(step.name(), Map.of()))
                .mapToLong(counters -> counters.getOrDefault("in", 0L))
                .sum();
    }
}
