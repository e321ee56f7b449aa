package io.headrace.kernel.plan;

import io.headrace.graph.ConnectedKeys;
import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import java.util.List;
import java.util.Optional;

/**
 * A graph cut into chains. Chains are cut only where records may have to move: before a {@code
 * keyBy}, a rebalance or a {@code partitionBy} with more than one subtask, where the parallelism
 * changes, and where streams of different chains come together. {@code keyBy} steps whose records
 * meet in one step stand in one chain, which then has several inputs.
 *
 * @param graph the steps
 * @param chains each after the chains before it
 * @param edges the exchanges between chains
 */
public record Plan(Graph graph, List<PlannedChain> chains, List<PlannedEdge> edges) {
    /** The name of the output of dead letters, which no side output can have. */
    public static final String DEAD_LETTERS = "\u0000dead-letters";

    /** Copies the lists. */
    public Plan {
        chains = List.copyOf(chains);
        edges = List.copyOf(edges);
    }

    /**
     * Plans a graph.
     *
     * @param parallelism of steps that set none, where the pipeline sets none either
     */
    public static Plan of(Graph graph, int parallelism) {
        return new Planner(graph, parallelism, false).plan();
    }

    /**
     * Plans a graph for a host that keeps the state of a chain as a whole: each step that keeps
     * state ends its chain, and is the only one there; each sink is a chain of its own. Records
     * that have a key keep it on the way to a chain that an edge {@link Partitioning#FORWARD} leads
     * to.
     *
     * @param parallelism as of {@link #of}
     */
    public static Plan withOneStatePerChain(Graph graph, int parallelism) {
        of(graph, parallelism); // Refuses what cannot be run.
        return new Planner(graph, parallelism, true).plan();
    }

    /** Returns whether the records of an edge keep the key that they have. */
    public boolean carriesKey(PlannedEdge edge) {
        Step to = graph.step(edge.toStep());
        return edge.partitioning() == Partitioning.FORWARD
                && !(to instanceof Step.KeyBy)
                && keyed(to);
    }

    /** Returns the chain that a step is in. */
    public PlannedChain chainOf(int step) {
        return chains.stream()
                .filter(chain -> chain.steps().contains(step))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the inputs of a step; those of dead letters are found here, not in the graph. */
    public List<Input> inputs(Step step) {
        return step instanceof Step.DeadLetters
                ? Planner.deadLetterInputs(graph, step)
                : step.head().inputs();
    }

    /** Returns whether the records that come into a step have a key. */
    public boolean keyed(Step step) {
        return new ConnectedKeys(graph.steps()).into(step).isPresent();
    }

    /**
     * Returns the windowed aggregate that begins before an edge: records are aggregated there, by
     * key and slice, and accumulators cross it in their place.
     */
    public Optional<Step.Window> localAggregate(PlannedEdge edge) {
        return TwoPhases.windowBehind(this, edge);
    }

    /** Returns the edges that end in a chain, in the order of the chain's inputs. */
    public List<PlannedEdge> edgesInto(PlannedChain chain) {
        return edges.stream().filter(edge -> chain.steps().contains(edge.toStep())).toList();
    }

    /**
     * Returns whether the subtasks of a chain become idle, and active again, all for the same
     * reason: each takes from every subtask before it. A subtask that reads splits, or takes from
     * one subtask that does, is idle for reasons of its own.
     */
    public boolean idlesAsOne(PlannedChain chain) {
        if (graph.step(chain.steps().get(0)) instanceof Step.Read) {
            return chain.parallelism() == 1;
        }
        return edgesInto(chain).stream()
                .allMatch(
                        edge ->
                                edge.partitioning() != Partitioning.FORWARD
                                        || idlesAsOne(chainOf(edge.from().step())));
    }

    /** Returns a text that is the same for two plans of this process if they call the same code. */
    public String functionNames() {
        return Functions.names(graph);
    }

    /** Returns the plan as text for people. The same plan always gives the same text. */
    public String explain() {
        return Explanation.of(this);
    }
}
