package io.headrace.conformance.run;

import io.headrace.conformance.scenario.Determinism;
import io.headrace.conformance.scenario.Order;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.ScriptLine.Action;
import io.headrace.conformance.scenario.StepLine;
import io.headrace.conformance.scenario.WindowLines;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the results of a pipeline are the same when the lines of its script do not wait for each
 * other, so that splits and subtasks overtake one another.
 *
 * <p>With a single split the steps behind its first exchange still see everything in order. Behind
 * a second exchange, and with several splits, only windows and steps without state give results
 * that depend on the data alone, and they do if no record is late.
 *
 * <p>Of watermarks that come one behind the other an exchange may pass on the last alone. What
 * fires for any of them then comes before all of them: a timer that would have fired in between is
 * set anew instead, and a step that shows the watermark, or takes the time of what it gives from
 * it, shows another one.
 */
final class Interleaving {
    /** Process functions that see where between two records a watermark was. */
    private static final Set<String> SEE_WATERMARKS =
            Set.of("route", "overdue", "flush", "session", "ties", "expire");

    private final Determinism determinism;
    private final Map<String, Integer> exchanges = new HashMap<>();
    private final Set<String> fired = new HashSet<>();
    private final boolean single;
    private final boolean free;

    Interleaving(PipelineText pipeline, List<ScriptLine> script) {
        this.determinism = Determinism.of(pipeline);
        this.single = pipeline.of("source").stream().mapToInt(PipelineText::splits).sum() == 1;
        boolean mayBeLate = mayBeLate(script);
        boolean makesNoDifference = true;
        for (StepLine line : pipeline.lines()) {
            makesNoDifference &= add(line, mayBeLate);
        }
        this.free = makesNoDifference;
    }

    /** Returns whether the results do not depend on what overtakes what. */
    boolean makesNoDifference() {
        return free;
    }

    /** Returns whether splits overtake one another, so that the order of their lines is free. */
    boolean hasSeveralSplits() {
        return !single;
    }

    /** Returns how much of the order of a sink is promised nevertheless. */
    Order order(String sink) {
        boolean inOrder = single && exchanges.get(sink) <= 1;
        Order byLine = determinism.of(sink).order();
        return inOrder && byLine != Order.PER_LINE && byLine != Order.NONE
                ? Order.PER_KEY
                : Order.PER_LINE;
    }

    private boolean add(StepLine line, boolean mayBeLate) {
        int before = line.inputs().stream().mapToInt(exchanges::get).max().orElse(0);
        boolean exchange =
                List.of("keyBy", "rebalance", "partitionBy", "partitionByRange", "broadcast")
                        .contains(line.operator());
        exchanges.put(line.name(), exchange ? before + 1 : before);
        line.sides().forEach(side -> exchanges.put(side, before));
        boolean firedBefore = line.inputs().stream().anyMatch(fired::contains);
        if (firedBefore
                || List.of("process", "lookBack", "sortByTime", "window", "sort", "control")
                        .contains(line.operator())) {
            fired.add(line.name());
            fired.addAll(line.sides());
        }
        boolean seesWatermarks =
                SEE_WATERMARKS.contains(line.options().getOrDefault("do", ""))
                        || line.operator().equals("window") && WindowLines.counts(line)
                        || line.options().containsKey("release");
        if (firedBefore && seesWatermarks) {
            return false;
        }
        return switch (line.operator()) {
            case "partitionByRange" -> !line.options().containsKey("sample"); // A race of splits.
            case "process", "lookBack", "sortByTime", "running", "deduplicate", "changes", "sort" ->
                    single && before <= 1;
            case "connect" -> line.option("do").equals("tag"); // Else both overtake each other.
            case "control" -> !mayBeLate && !firedBefore && !dependsOnTies(line);
            case "window" ->
                    WindowLines.isTriggered(line)
                            ? single && before <= 1 && !firedBefore && !WindowLines.isClocked(line)
                            : single && before <= 1
                                    || !mayBeLate
                                            && !WindowLines.dependsOnOrder(line)
                                            && !WindowLines.counts(line);
            default -> true;
        };
    }

    /** Whether the order of equal times shows: that of rules, or of the records of a key. */
    private static boolean dependsOnTies(StepLine line) {
        return List.of("latest", "expire").contains(line.option("do"));
    }

    private static boolean mayBeLate(List<ScriptLine> script) {
        Map<String, Long> watermarks = new HashMap<>();
        for (ScriptLine line : script) {
            String split = line.source() + "/" + line.split();
            if (line.action() == Action.WATERMARK) {
                watermarks.merge(split, line.number(), Math::max);
            } else if (line.action() == Action.IDLE
                    || line.action() == Action.RECORD
                            && line.number() <= watermarks.getOrDefault(split, Long.MIN_VALUE)) {
                return true;
            }
        }
        return false;
    }
}
