package io.headrace.testkit;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.Source;
import io.headrace.function.Side;
import io.headrace.graph.Graph;
import io.headrace.graph.Head;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A pipeline with the sources and sinks of a test in place of its own. Every side output and the
 * dead letters get a sink too, whether the pipeline reads them or not.
 */
final class TestedGraph {
    private static final String DEAD_LETTERS = "dead letters";

    private final List<Step> steps = new ArrayList<>();
    private final Map<String, ScriptedSource> sources = new LinkedHashMap<>();
    private final Map<String, CollectingSink> sinks = new LinkedHashMap<>();
    private final Map<String, CollectingSink> sides = new LinkedHashMap<>();
    private final CollectingSink deadLetters = new CollectingSink(DEAD_LETTERS);
    private final int pollMax;
    private final Graph graph;

    /**
     * Replaces what has to be replaced.
     *
     * @param splits how many splits the source of a name has
     * @param pollMax how many records a source gives at once
     */
    TestedGraph(Graph original, ToIntFunction<String> splits, int pollMax) {
        this.pollMax = pollMax;
        original.steps().forEach(step -> steps.add(replaced(step, splits)));
        original.steps().forEach(this::addSides);
        addDeadLetters();
        Graph.Settings settings = original.settings();
        this.graph =
                new Graph(
                        original.name(),
                        steps,
                        original.parallelism(),
                        new Graph.Settings(
                                settings.parallelism(),
                                settings.keyGroups(),
                                Long.MAX_VALUE, // A test feeds one split after the other.
                                settings.portable()));
    }

    private Step replaced(Step step, ToIntFunction<String> splits) {
        if (step instanceof Step.Read read) {
            ScriptedSource source =
                    new ScriptedSource(
                            untyped(read.source()), splits.applyAsInt(read.name()), pollMax);
            sources.put(read.name(), source);
            return new Step.Read(read.head(), source);
        }
        if (step instanceof Step.Write || step instanceof Step.ForEach) {
            CollectingSink sink = new CollectingSink(step.name());
            sinks.put(step.name(), sink);
            return new Step.Write(step.head(), sink);
        }
        return step;
    }

    private void addSides(Step step) {
        if (step instanceof Step.Stateful stateful) {
            stateful.function().sides().forEach(side -> addSide(step, side));
        } else if (step instanceof Step.Window window && window.late() != null) {
            addSide(step, window.late());
        } else if (step instanceof Step.LookBack lookBack && lookBack.late() != null) {
            addSide(step, lookBack.late());
        } else if (step instanceof Step.SortByTime sort && sort.late() != null) {
            addSide(step, sort.late());
        }
    }

    private void addSide(Step step, Side<?> side) {
        CollectingSink sink = new CollectingSink("side " + side.name());
        sides.put(side.name(), sink);
        addSink(sink, new Input(step.id(), side.name()));
    }

    private void addDeadLetters() {
        Step stream =
                steps.stream().filter(Step.DeadLetters.class::isInstance).findFirst().orElse(null);
        if (stream == null) {
            String name = free("dead letters of all steps");
            stream =
                    new Step.DeadLetters(
                            new Head(steps.size(), name, List.of(), Type.of(DeadLetter.class)));
            steps.add(stream);
        }
        addSink(deadLetters, Input.main(stream.id()));
    }

    private void addSink(CollectingSink sink, Input input) {
        Head head = new Head(steps.size(), free(sink.name()), List.of(input), null);
        steps.add(new Step.Write(head, sink));
    }

    private String free(String name) {
        String free = name;
        while (isTaken(free)) {
            free = free + "'";
        }
        return free;
    }

    private boolean isTaken(String name) {
        return steps.stream().anyMatch(step -> step.name().equals(name));
    }

    @SuppressWarnings("unchecked") // A graph is untyped; records are checked when they are fed.
    private static Source<Object, ?, ?> untyped(Source<?, ?, ?> source) {
        return (Source<Object, ?, ?>) source;
    }

    Graph graph() {
        return graph;
    }

    /** Returns whether a split is caught up, so that it becomes idle with time. */
    boolean hasCaughtUp() {
        return sources.values().stream().anyMatch(ScriptedSource::hasCaughtUp);
    }

    Map<String, ScriptedSource> sources() {
        return sources;
    }

    /** Returns what takes the place of the sinks, and of actions, by the names of their steps. */
    Map<String, CollectingSink> sinks() {
        return sinks;
    }

    Map<String, CollectingSink> sides() {
        return sides;
    }

    CollectingSink deadLetters() {
        return deadLetters;
    }

    /** Checks that each reader and each writer was closed, and once. */
    void requireClosed() {
        sources.forEach(
                (name, source) -> requireClosed("readers of source " + name, source.open()));
        allSinks().forEach(sink -> requireClosed("writers of sink " + sink.name(), sink.open()));
    }

    private static void requireClosed(String what, int open) {
        if (open != 0) {
            throw new AssertionError(what + ": created − closed is " + open);
        }
    }

    List<CollectingSink> allSinks() {
        List<CollectingSink> all = new ArrayList<>(sinks.values());
        all.addAll(sides.values());
        all.add(deadLetters);
        return all;
    }
}
