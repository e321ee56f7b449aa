package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cuts one graph into chains. Used once. */
final class Planner {
    private final Graph graph;
    private final int defaultParallelism;
    private final int[] parallelism;
    private final int[] chainOf;
    private final List<List<Integer>> chains = new ArrayList<>();
    private final List<PlannedEdge> edges = new ArrayList<>();

    Planner(Graph graph, int defaultParallelism) {
        this.graph = graph;
        int set = graph.settings().parallelism();
        this.defaultParallelism = set > 0 ? set : defaultParallelism;
        this.parallelism = new int[graph.steps().size()];
        this.chainOf = new int[graph.steps().size()];
    }

    Plan plan() {
        for (Step step : order()) {
            place(step);
            requireKeyTogether(step);
        }
        List<PlannedChain> planned = new ArrayList<>();
        for (List<Integer> steps : chains) {
            planned.add(new PlannedChain(planned.size(), parallelism[steps.get(0)], steps));
        }
        return new Plan(graph, planned, edges);
    }

    /** Returns the steps, each after its inputs: dead letters come after every step they are of. */
    private List<Step> order() {
        Step deadLetters =
                graph.steps().stream()
                        .filter(Step.DeadLetters.class::isInstance)
                        .findFirst()
                        .orElse(null);
        if (deadLetters == null) {
            return graph.steps();
        }
        Set<Integer> behind = reachable(graph, deadLetters.id());
        List<Step> order = new ArrayList<>();
        graph.steps().stream().filter(step -> !behind.contains(step.id())).forEach(order::add);
        graph.steps().stream().filter(step -> behind.contains(step.id())).forEach(order::add);
        return order;
    }

    private void place(Step step) {
        List<Input> inputs =
                step instanceof Step.DeadLetters
                        ? deadLetterInputs(graph, step)
                        : step.head().inputs();
        parallelism[step.id()] = parallelismOf(step, inputs);
        if (canJoin(step, inputs)) {
            int chain = chainOf[inputs.get(0).step()];
            chains.get(chain).add(step.id());
            chainOf[step.id()] = chain;
            return;
        }
        chainOf[step.id()] = chains.size();
        chains.add(new ArrayList<>(List.of(step.id())));
        for (int input = 0; input < inputs.size(); input++) {
            Partitioning how = partitioning(step, inputs.get(input));
            edges.add(new PlannedEdge(edges.size(), inputs.get(input), step.id(), input, how));
        }
    }

    /** Records of a key meet only as long as no step since {@code keyBy} has spread them again. */
    private void requireKeyTogether(Step step) {
        if (!Keys.needed(step)) {
            return;
        }
        Step.KeyBy keyBy = Keys.keyBy(graph, step).orElseThrow();
        if (chainOf[keyBy.id()] != chainOf[step.id()]) {
            throw new IllegalArgumentException(
                    "step "
                            + step.name()
                            + " does not run in the subtasks of its "
                            + keyBy.name()
                            + ", which has parallelism "
                            + parallelism[keyBy.id()]
                            + ": set parallelism right behind keyBy, not on a step in between");
        }
    }

    private int parallelismOf(Step step, List<Input> inputs) {
        Integer own = graph.parallelism().get(step.id());
        if (own != null) {
            return own;
        }
        if (step instanceof Step.DeadLetters) {
            return 1;
        }
        boolean inherits = !(step instanceof Step.KeyBy || step instanceof Step.Rebalance);
        return inherits && !inputs.isEmpty()
                ? parallelism[inputs.get(0).step()]
                : defaultParallelism;
    }

    private boolean canJoin(Step step, List<Input> inputs) {
        int subtasks = parallelism[step.id()];
        boolean moves = step instanceof Step.KeyBy || step instanceof Step.Rebalance;
        if (inputs.isEmpty() || (moves && subtasks > 1) || step instanceof Step.DeadLetters) {
            return false;
        }
        int chain = chainOf[inputs.get(0).step()];
        return inputs.stream()
                .allMatch(
                        input ->
                                chainOf[input.step()] == chain
                                        && parallelism[input.step()] == subtasks);
    }

    private Partitioning partitioning(Step step, Input input) {
        if (step instanceof Step.KeyBy && parallelism[step.id()] > 1) {
            return Partitioning.HASH;
        }
        boolean same = parallelism[step.id()] == parallelism[input.step()];
        return same && !(step instanceof Step.Rebalance)
                ? Partitioning.FORWARD
                : Partitioning.REBALANCE;
    }

    /** Returns the dead letters of all steps that can have some and are not behind the stream. */
    static List<Input> deadLetterInputs(Graph graph, Step deadLetters) {
        Set<Integer> behind = reachable(graph, deadLetters.id());
        return graph.steps().stream()
                .filter(step -> step instanceof Step.Read || step instanceof Step.KeyBy)
                .filter(step -> !behind.contains(step.id()))
                .map(step -> new Input(step.id(), Plan.DEAD_LETTERS))
                .toList();
    }

    private static Set<Integer> reachable(Graph graph, int from) {
        Set<Integer> reached = new HashSet<>(Set.of(from));
        for (Step step : graph.steps()) { // Ids rise along the edges: one pass finds all.
            if (step.head().inputs().stream().anyMatch(input -> reached.contains(input.step()))) {
                reached.add(step.id());
            }
        }
        return reached;
    }
}
