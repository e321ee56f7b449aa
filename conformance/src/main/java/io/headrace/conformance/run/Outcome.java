package io.headrace.conformance.run;

import io.headrace.conformance.scenario.Emission;
import java.util.List;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param emissions what came to the sinks, in the order in which it came to each
 * @param counts by step
 * @param firings how many timers and windows fired; −1 if the subject does not count them
 */
public record Outcome(List<Emission> emissions, Map<String, StepCounts> counts, long firings) {
    /** Copies the collections. */
    public Outcome {
        emissions = List.copyOf(emissions);
        counts = Map.copyOf(counts);
    }

    /** What a step has counted over all restarts. */
    public record StepCounts(long in, long out, long late, long deadLetters, long droppedTimers) {
        long named(String name) {
            return switch (name) {
                case "in" -> in;
                case "out" -> out;
                case "late" -> late;
                case "dead" -> deadLetters;
                case "dropped" -> droppedTimers;
                default -> throw new IllegalArgumentException("nothing is counted as " + name);
            };
        }
    }

    /** Returns how many records came too late, on all steps together. */
    public long late() {
        return counts.values().stream().mapToLong(StepCounts::late).sum();
    }
}
