package io.headrace.conformance.run;

import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.StepLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names the operators of the API, and their modes, that a line of a pipeline uses. */
final class LineOperators {
    /** All of them: a run that leaves one out has a hole. */
    static final List<String> ALL =
            List.of(
                    "broadcast",
                    "connect",
                    "connect event-time timers",
                    "connect list state",
                    "connect value state",
                    "deadLetters",
                    "filter",
                    "flatMap",
                    "keyBy",
                    "lateTo",
                    "lookBack eager",
                    "lookBack ordered",
                    "map",
                    "mapWithKey",
                    "merge",
                    "process event-time timers",
                    "process list state",
                    "process map state",
                    "process processing timers",
                    "process side output",
                    "process value state",
                    "rebalance",
                    "several sources",
                    "several splits",
                    "window",
                    "window allowed lateness");

    private LineOperators() {}

    static Set<String> of(StepLine line) {
        Set<String> operators = new LinkedHashSet<>();
        switch (line.operator()) {
            case "source" -> {
                if (PipelineText.splits(line) > 1) {
                    operators.add("several splits");
                }
            }
            case "lookBack" ->
                    operators.add(
                            line.options().containsKey("eager")
                                    ? "lookBack eager"
                                    : "lookBack ordered");
            case "connect" -> operators.addAll(ofConnect(line.option("do")));
            case "process" -> operators.addAll(ofProcess(line.option("do")));
            case "write" -> {} // Every pipeline has one.
            default -> operators.add(line.operator());
        }
        if (line.options().containsKey("lateness")) {
            operators.add("window allowed lateness");
        }
        if (line.options().containsKey("late")) {
            operators.add("lateTo");
        }
        return operators;
    }

    private static List<String> ofConnect(String what) {
        String list = "connect list state";
        String value = "connect value state";
        String timers = "connect event-time timers";
        return switch (what) {
            case "latest" -> List.of("connect", value);
            case "both" -> List.of("connect", list);
            case "answer" -> List.of("connect", list, timers);
            case "sums" -> List.of("connect", value, timers);
            default -> List.of("connect"); // Without state.
        };
    }

    private static List<String> ofProcess(String what) {
        String value = "process value state";
        String timers = "process event-time timers";
        return switch (what) {
            case "running" -> List.of(value);
            case "last" -> List.of("process list state");
            case "tally" -> List.of("process map state");
            case "flush", "overdue" -> List.of(value, timers);
            case "session" -> List.of("process list state", timers);
            case "ties" -> List.of(timers);
            case "remind" -> List.of(value, "process processing timers");
            case "route" -> List.of("process side output");
            default -> List.of(); // Without state.
        };
    }
}
