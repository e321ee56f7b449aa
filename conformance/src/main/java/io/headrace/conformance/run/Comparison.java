package io.headrace.conformance.run;

import io.headrace.conformance.scenario.Determinism;
import io.headrace.conformance.scenario.Emission;
import io.headrace.conformance.scenario.Order;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.StepLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares results as far as the API promises them: the sequence of each key where there is one,
 * else what there is in any order; and the counts of every step.
 */
final class Comparison {
    private final PipelineText pipeline;
    private final Function<String, Order> orders;
    private final boolean byLine;

    private Comparison(PipelineText pipeline, Function<String, Order> orders, boolean byLine) {
        this.pipeline = pipeline;
        this.orders = orders;
        this.byLine = byLine;
    }

    /** Compares runs whose lines came one by one: all must follow from the same lines. */
    static Comparison lineByLine(PipelineText pipeline) {
        Determinism determinism = Determinism.of(pipeline);
        return new Comparison(pipeline, sink -> determinism.of(sink).order(), true);
    }

    /** Compares all that came in the end. */
    static Comparison unsettled(PipelineText pipeline, Interleaving interleaving) {
        return new Comparison(pipeline, interleaving::order, false);
    }

    /** Returns the first difference, or nothing. */
    Optional<String> difference(Outcome expected, Outcome actual) {
        for (StepLine write : pipeline.of("write")) {
            String sink = write.name();
            Order order = orders.apply(sink);
            List<String> left = arranged(expected.emissions(), sink, order);
            List<String> right = arranged(actual.emissions(), sink, order);
            if (!left.equals(right)) {
                return Optional.of(shown(sink, left, right));
            }
        }
        return counts(expected.counts(), actual.counts());
    }

    /** Puts what came to a sink into an order in which equal results look equal. */
    private List<String> arranged(List<Emission> emissions, String sink, Order order) {
        Map<String, List<String>> groups = new TreeMap<>();
        for (Emission each : emissions) {
            if (each.sink().equals(sink)) {
                String line = byLine ? String.format("line %3d: ", each.line() + 1) : "";
                String group = order == Order.PER_KEY ? line + each.key() : line;
                groups.computeIfAbsent(group, any -> new ArrayList<>()).add(line + each);
            }
        }
        List<String> all = new ArrayList<>();
        for (List<String> group : groups.values()) {
            if (order != Order.PER_KEY && order != Order.TOTAL) {
                group.sort(null);
            }
            all.addAll(group);
        }
        return all;
    }

    private static String shown(String sink, List<String> expected, List<String> actual) {
        int same = 0;
        while (same < Math.min(expected.size(), actual.size())
                && expected.get(same).equals(actual.get(same))) {
            same++;
        }
        return "sink "
                + sink
                + " differs behind "
                + same
                + " equal results\n  expected: "
                + rest(expected, same)
                + "\n  actual:   "
                + rest(actual, same);
    }

    private static String rest(List<String> results, int from) {
        return results.stream().skip(from).limit(5).collect(Collectors.joining(" · "));
    }

    private static Optional<String> counts(
            Map<String, Outcome.StepCounts> expected, Map<String, Outcome.StepCounts> actual) {
        for (String step : new TreeMap<>(expected).keySet()) {
            if (!expected.get(step).equals(actual.get(step))) {
                return Optional.of(
                        "step "
                                + step
                                + " counts differ\n  expected: "
                                + expected.get(step)
                                + "\n  actual:   "
                                + actual.get(step));
            }
        }
        return Optional.empty();
    }
}
