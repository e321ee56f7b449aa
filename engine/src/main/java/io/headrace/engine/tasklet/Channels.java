package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;
import io.headrace.engine.queue.Signal;
import io.headrace.kernel.plan.Partitioning;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import io.headrace.kernel.plan.PlannedEdge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All channels of an execution. */
final class Channels {
    /** For each edge: from subtask, to subtask; null where an edge has no channel. */
    private final Map<PlannedEdge, Channel[][]> channels = new HashMap<>();

    private final List<Signal> workers;

    Channels(Plan plan, List<Signal> workers, int batchesMax) {
        this.workers = workers;
        for (PlannedEdge edge : plan.edges()) {
            PlannedChain from = plan.chainOf(edge.from().step());
            PlannedChain to = plan.chainOf(edge.toStep());
            Channel[][] grid = new Channel[from.parallelism()][to.parallelism()];
            for (int producer = 0; producer < grid.length; producer++) {
                for (int consumer = 0; consumer < grid[producer].length; consumer++) {
                    if (edge.partitioning() != Partitioning.FORWARD || producer == consumer) {
                        grid[producer][consumer] =
                                new Channel(
                                        signal(from, producer), signal(to, consumer), batchesMax);
                    }
                }
            }
            channels.put(edge, grid);
        }
    }

    /**
     * Returns the signal of the worker of a subtask. Chains are shifted against each other, so that
     * the first subtasks of all sources do not meet on one worker.
     */
    Signal signal(PlannedChain chain, int subtask) {
        return workers.get(worker(chain, subtask, workers.size()));
    }

    static int worker(PlannedChain chain, int subtask, int workers) {
        return (chain.id() + subtask) % workers;
    }

    Channel[] outOf(PlannedEdge edge, int subtask) {
        return present(channels.get(edge)[subtask]);
    }

    Channel[] into(PlannedEdge edge, int subtask) {
        Channel[][] grid = channels.get(edge);
        Channel[] column = new Channel[grid.length];
        for (int producer = 0; producer < column.length; producer++) {
            column[producer] = grid[producer][subtask];
        }
        return present(column);
    }

    private static Channel[] present(Channel[] row) {
        return java.util.Arrays.stream(row)
                .filter(java.util.Objects::nonNull)
                .toArray(Channel[]::new);
    }
}
