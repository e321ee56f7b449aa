package io.headrace.engine.job;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.Sink;
import io.headrace.graph.Graph;
import io.headrace.graph.Head;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives a pipeline that does not ask for its dead letters a file for them. */
public final class DefaultDeadLetters {
    private static final String STREAM = "dead-letters";
    private static final String FILE = "dead-letter-file";

    private DefaultDeadLetters() {}

    /** Returns the graph with a file for dead letters in a directory, or as it is. */
    public static Graph in(Path directory, Graph graph) {
        if (graph.steps().stream().anyMatch(Step.DeadLetters.class::isInstance)) {
            return graph;
        }
        List<Step> steps = new ArrayList<>(graph.steps());
        Head stream =
                new Head(steps.size(), free(graph, STREAM), List.of(), Type.of(DeadLetter.class));
        steps.add(new Step.DeadLetters(stream));
        String name = free(graph, FILE);
        Head file = new Head(steps.size(), name, List.of(Input.main(stream.id())), null);
        steps.add(
                new Step.Write(
                        file,
                        untyped(
                                DeadLetterFile.sink(
                                        name, directory, DeadLetterFile.SIZE_BYTES_MAX))));
        return new Graph(graph.name(), steps, graph.parallelism(), graph.settings());
    }

    private static String free(Graph graph, String name) {
        boolean taken = graph.steps().stream().anyMatch(step -> step.name().equals(name));
        return taken ? name + "-default" : name;
    }

    @SuppressWarnings("unchecked") // A graph is untyped; only dead letters reach this sink.
    private static Sink<Object> untyped(Sink<?> sink) {
        return (Sink<Object>) sink;
    }
}
