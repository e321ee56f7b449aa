package io.headrace.conformance.scenario;

import io.headrace.Pipeline;
import io.headrace.connector.Sink;
import io.headrace.connector.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A pipeline of a scenario: its steps, each behind its inputs.
 *
 * @param lines one per step
 */
public record PipelineText(List<StepLine> lines) {
    /** Copies the list. */
    public PipelineText {
        lines = List.copyOf(lines);
    }

    /** Gives sources and sinks to a pipeline that is being built. */
    public interface Ends {
        /** Returns the source of a step. */
        Source<Item, ?, ?> source(String name, boolean bounded);

        /** Returns the sink of a step. */
        Sink<String> sink(String name);
    }

    /** Reads a pipeline, one step per line. */
    public static PipelineText parse(List<String> lines) {
        return new PipelineText(lines.stream().map(StepLine::parse).toList());
    }

    /**
     * Builds the pipeline.
     *
     * @throws RuntimeException of some kind if the lines do not make one
     */
    public Pipeline build(Ends ends) {
        return new PipelineBuilder(ends, KeyedTools.BUILT_IN).build(lines);
    }

    /** Builds it for the reference: with what the keyed tools mean in their place. */
    public Pipeline buildNaive(Ends ends) {
        return new PipelineBuilder(ends, KeyedTools.NAIVE).build(lines);
    }

    /** Returns the line of a step or side output. */
    public Optional<StepLine> line(String stream) {
        return lines.stream()
                .filter(line -> line.name().equals(stream) || line.sides().contains(stream))
                .findFirst();
    }

    /** Returns the lines of an operator. */
    public List<StepLine> of(String operator) {
        return lines.stream().filter(line -> line.operator().equals(operator)).toList();
    }

    /** Returns the number of splits of a source. */
    public static int splits(StepLine source) {
        return (int) source.number("splits", 1);
    }

    /** Returns whether a source ends. */
    public static boolean bounded(StepLine source) {
        return source.operator().equals("source") && !source.options().containsKey("unbounded");
    }

    /** Returns the lines with one taken out; what stood behind it stands behind its first input. */
    public PipelineText without(StepLine removed) {
        List<StepLine> left = new ArrayList<>();
        for (StepLine line : lines) {
            if (line != removed) {
                List<String> inputs = new ArrayList<>();
                for (String input : line.inputs()) {
                    boolean gone = input.equals(removed.name()) || removed.sides().contains(input);
                    if (!gone) {
                        inputs.add(input);
                    } else if (!removed.inputs().isEmpty()) {
                        inputs.add(removed.inputs().get(0));
                    }
                }
                left.add(line.from(inputs));
            }
        }
        return new PipelineText(left);
    }

    /** Returns the lines with one replaced. */
    public PipelineText with(StepLine replaced, StepLine by) {
        return new PipelineText(lines.stream().map(line -> line == replaced ? by : line).toList());
    }

    @Override
    public String toString() {
        return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }
}
