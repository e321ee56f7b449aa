package io.headrace.kernel.plan;

import java.util.List;

/**
 * Steps that run in one tasklet per subtask.
 *
 * @param id its place in the plan
 * @param parallelism how many subtasks it has
 * @param steps the ids of its steps, each after its inputs
 */
public record PlannedChain(int id, int parallelism, List<Integer> steps) {
    /** Copies the list. */
    public PlannedChain {
        steps = List.copyOf(steps);
    }
}
