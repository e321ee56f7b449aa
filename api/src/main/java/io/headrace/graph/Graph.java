package io.headrace.graph;

import java.util.List;
import java.util.Map;

/**
 * A whole pipeline.
 *
 * @param name the name of the pipeline
 * @param steps every step after its inputs; the id of a step is its index
 * @param parallelism what the user set for single steps, by id
 * @param settings what the user set for the whole pipeline
 */
public record Graph(
        String name, List<Step> steps, Map<Integer, Integer> parallelism, Settings settings) {
    /**
     * What holds for the whole pipeline.
     *
     * @param parallelism for steps without their own; 0 leaves it to the runner
     * @param keyGroups the number of key groups: a power of two, the largest parallelism, fixed for
     *     the life of the state
     * @param alignmentMillis how far, in event time, a split may run ahead of the slowest; {@link
     *     Long#MAX_VALUE} for no limit
     * @param portable whether functions that cannot be serialized are refused
     */
    public record Settings(int parallelism, int keyGroups, long alignmentMillis, boolean portable) {
        /** The settings of a pipeline that sets nothing: 128 key groups, alignment of 1 h. */
        public static final Settings DEFAULT = new Settings(0, 128, 3_600_000, false);
    }

    /** Copies the collections. */
    public Graph {
        steps = List.copyOf(steps);
        parallelism = Map.copyOf(parallelism);
    }

    /** Returns the step with an id. */
    public Step step(int id) {
        return steps.get(id);
    }
}
