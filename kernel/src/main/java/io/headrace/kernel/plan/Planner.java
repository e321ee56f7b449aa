package io.headrace.kernel.plan;

import io.headrace.graph.ConnectedKeys;
import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;

/**
 * Cuts one graph into chains. Used once.
 *
 * <p>The {@code keyBy} steps that belong together, because a step takes records of them all, begin
 * one chain. It is placed where all that they take from has been, so that chains stay in order.
 */
final class Planner {
    private static final int NONE = -1;

    private final Graph graph;
    private final ConnectedKeys keys;
    private final int defaultParallelism;
    private final boolean oneStatePerChain;
    private final int[] parallelism;
    private final int[] chainOf;
    private final List<List<Integer>> chains = new ArrayList<>();
    private final List<PlannedEdge> edges = new ArrayList<>();

    Planner(Graph graph, int defaultParallelism, boolean oneStatePerChain) {
        this.oneStatePerChain = oneStatePerChain;
        this.graph = graph;
        this.keys = new ConnectedKeys(graph.steps());
        int set = graph.settings().parallelism();
        this.defaultParallelism = set > 0 ? set : defaultParallelism;
        this.parallelism = new int[graph.steps().size()];
        this.chainOf = new int[graph.steps().size()];
        Arrays.fill(chainOf, NONE);
    }

    Plan plan() {
        List<Step> left = new LinkedList<>(order());
        while (!left.isEmpty()) {
            Step step = left.stream().filter(this::isReady).findFirst().orElseThrow();
            left.remove(step);
            place(step);
            if (!oneStatePerChain) { // Then the records that have a key take it along.
                requireKeyTogether(step);
            }
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

    /** Returns whether all that a step needs before it has its place. */
    private boolean isReady(Step step) {
        return needs(step).stream().allMatch(id -> chainOf[id] != NONE);
    }

    /**
     * Returns the steps before a step and, for a {@code keyBy}, before those that join it and
     * before what is broadcast into its chain.
     */
    private List<Integer> needs(Step step) {
        List<Input> inputs = new ArrayList<>();
        if (step instanceof Step.KeyBy keyBy) {
            keys.together(keyBy).forEach(each -> inputs.addAll(each.head().inputs()));
            inputs.addAll(keys.broadcastsInto(keyBy));
        } else {
            inputs.addAll(inputs(step));
        }
        return inputs.stream().map(Input::step).toList();
    }

    private List<Input> inputs(Step step) {
        return step instanceof Step.DeadLetters
                ? deadLetterInputs(graph, step)
                : step.head().inputs();
    }

    private void place(Step step) {
        List<Input> inputs = inputs(step);
        parallelism[step.id()] = parallelismOf(step, inputs);
        int chain = chainFor(step);
        if (chain == NONE) {
            chain = chains.size();
            chains.add(new ArrayList<>());
        }
        chains.get(chain).add(step.id());
        chainOf[step.id()] = chain;
        for (int input = 0; input < inputs.size(); input++) {
            Input from = inputs.get(input);
            if (chainOf[from.step()] != chain) {
                Partitioning how = partitioning(step, from);
                edges.add(new PlannedEdge(edges.size(), from, step.id(), input, how));
            }
        }
    }

    /** Returns the chain that a step can join, or {@link #NONE}. */
    private int chainFor(Step step) {
        if (step instanceof Step.KeyBy keyBy) {
            for (Step.KeyBy placed : keys.together(keyBy)) {
                if (chainOf[placed.id()] != NONE) {
                    return chainOf[placed.id()];
                }
            }
        }
        return canJoin(step) ? chainOf[needs(step).get(0)] : NONE;
    }

    /** Records of a key meet only as long as no step since {@code keyBy} has spread them again. */
    private void requireKeyTogether(Step step) {
        if (!needsKey(step)) {
            return;
        }
        Step.KeyBy keyBy = keys.into(step).orElseThrow();
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

    /** Returns whether a step cannot do without a key. */
    private static boolean needsKey(Step step) {
        return step instanceof Step.MapWithKey
                || step instanceof Step.Stateful
                || step instanceof Step.Window
                || step instanceof Step.LookBack
                || step instanceof Step.SortByTime;
    }

    private int parallelismOf(Step step, List<Input> inputs) {
        if (step instanceof Step.KeyBy keyBy) {
            return keys.parallelism(keyBy, graph.parallelism()).orElse(defaultParallelism);
        }
        Integer own = graph.parallelism().get(step.id());
        if (own != null) {
            return own;
        }
        if (step instanceof Step.DeadLetters || step instanceof Step.Broadcast) {
            return 1;
        }
        boolean inherits = !inputs.isEmpty() && !spreads(step) && !isBroadcast(inputs.get(0));
        return inherits ? parallelism[inputs.get(0).step()] : defaultParallelism;
    }

    /** Returns whether a step gives up where its records have been, for another order. */
    private static boolean spreads(Step step) {
        return step instanceof Step.Rebalance || step instanceof Step.PartitionBy;
    }

    private boolean isBroadcast(Input input) {
        return graph.step(input.step()) instanceof Step.Broadcast;
    }

    /** Returns whether a step finds all that it needs in one chain, and no record has to move. */
    private boolean canJoin(Step step) {
        int subtasks = parallelism[step.id()];
        boolean moves = step instanceof Step.KeyBy || spreads(step);
        List<Integer> needs = needs(step);
        if (needs.isEmpty() || (moves && subtasks > 1) || step instanceof Step.DeadLetters) {
            return false;
        }
        if (step instanceof Step.BroadcastProcess) {
            needs = needs.subList(0, 1); // What is broadcast comes to the chain of the key.
        }
        int chain = chainOf[needs.get(0)];
        return needs.stream().allMatch(id -> chainOf[id] == chain && parallelism[id] == subtasks)
                && (!oneStatePerChain || isAlone(step, needs, chains.get(chain)));
    }

    /** Returns whether a chain has nothing behind its state, no second state, and no sink. */
    private boolean isAlone(Step step, List<Integer> needs, List<Integer> chain) {
        return !(step instanceof Step.Write)
                && needs.stream().noneMatch(id -> keepsState(graph.step(id)))
                && !(keepsState(step) && chain.stream().anyMatch(id -> keepsState(graph.step(id))));
    }

    private static boolean keepsState(Step step) {
        return OperatorFactory.layout(step) != null;
    }

    private Partitioning partitioning(Step step, Input input) {
        if (step instanceof Step.KeyBy keyBy && parallelism[step.id()] > 1) {
            return keyBy.ranges() == null ? Partitioning.HASH : Partitioning.RANGE;
        }
        if (step instanceof Step.PartitionBy && parallelism[step.id()] > 1) {
            return Partitioning.CUSTOM;
        }
        if (isBroadcast(input) && !spreads(step)) {
            return Partitioning.BROADCAST;
        }
        boolean same = parallelism[step.id()] == parallelism[input.step()];
        return same && !spreads(step) ? Partitioning.FORWARD : Partitioning.REBALANCE;
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
