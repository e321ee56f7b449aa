package io.headrace.conformance.run;

import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.StepLine;
import io.headrace.conformance.scenario.WindowLines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names the operators of the API, and their modes, that a line of a pipeline uses. */
final class LineOperators {
    /** All of them: a run that leaves one out has a hole. */
    static final List<String> ALL =
            List.of(
                    "broadcast",
                    "changes",
                    "connect",
                    "connect event-time timers",
                    "connect list state",
                    "connect value state",
                    "control",
                    "control event-time timers",
                    "control time-to-live",
                    "deadLetters",
                    "deduplicate",
                    "filter",
                    "flatMap",
                    "keyBy",
                    "lateTo",
                    "lookBack eager",
                    "lookBack ordered",
                    "map",
                    "mapWithKey",
                    "merge",
                    "partitionBy",
                    "partitionByRange",
                    "partitionByRange sampled",
                    "process aggregating state",
                    "process event-time timers",
                    "process list state",
                    "process map state",
                    "process processing timers",
                    "process reducing state",
                    "process series state",
                    "process side output",
                    "process time-to-live event",
                    "process time-to-live processing",
                    "process value state",
                    "rebalance",
                    "running",
                    "several sources",
                    "several splits",
                    "sort",
                    "sortByTime",
                    "sortByTime release",
                    "window allowed lateness",
                    "window count",
                    "window days",
                    "window global",
                    "window hopping",
                    "window process",
                    "window reduce",
                    "window session",
                    "window sliding count",
                    "window trigger clock",
                    "window trigger discarding",
                    "window trigger never",
                    "window trigger of a user",
                    "window trigger records",
                    "window trigger watermark",
                    "window tumbling");

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
            case "sortByTime" ->
                    operators.add(
                            line.options().containsKey("release")
                                    ? "sortByTime release"
                                    : "sortByTime");
            case "partitionByRange" ->
                    operators.add(
                            line.options().containsKey("sample")
                                    ? "partitionByRange sampled"
                                    : "partitionByRange");
            case "connect" -> operators.addAll(ofConnect(line.option("do")));
            case "control" -> operators.addAll(ofControl(line.option("do")));
            case "process" -> operators.addAll(ofProcess(line.option("do")));
            case "window" -> {
                operators.add("window " + WindowLines.shape(line));
                operators.addAll(ofTrigger(line));
                switch (line.option("aggregate")) {
                    case "reduce" -> operators.add("window reduce");
                    case "all" -> operators.add("window process");
                    default -> {} // An aggregate.
                }
            }
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

    private static List<String> ofTrigger(StepLine line) {
        if (!WindowLines.isTriggered(line)) {
            return List.of();
        }
        List<String> modes = new ArrayList<>();
        if (WindowLines.isClocked(line)) {
            modes.add("window trigger clock");
        }
        if (line.options().containsKey("discarding")) {
            modes.add("window trigger discarding");
        }
        switch (line.option("trigger")) {
            case "watermark" -> modes.add("window trigger watermark");
            case "never" -> modes.add("window trigger never");
            case "highest" -> modes.add("window trigger of a user");
            default -> {} // A rule that repeats.
        }
        boolean counts =
                List.of("trigger", "early", "late-firing").stream()
                        .map(option -> line.options().getOrDefault(option, ""))
                        .anyMatch(rule -> rule.startsWith("records"));
        if (counts) {
            modes.add("window trigger records");
        }
        return modes;
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

    private static List<String> ofControl(String what) {
        return switch (what) {
            case "repeat" -> List.of("control", "control event-time timers");
            case "expire" -> List.of("control", "control time-to-live");
            default -> List.of("control");
        };
    }

    private static List<String> ofProcess(String what) {
        String value = "process value state";
        String timers = "process event-time timers";
        return switch (what) {
            case "running" -> List.of(value);
            case "last" -> List.of("process list state");
            case "largest" -> List.of("process reducing state");
            case "average" -> List.of("process aggregating state");
            case "recent" -> List.of("process series state");
            case "tally" -> List.of("process map state");
            case "flush", "overdue" -> List.of(value, timers);
            case "session" -> List.of("process list state", timers);
            case "ties" -> List.of(timers);
            case "remind" -> List.of(value, "process processing timers");
            case "expire" -> List.of(value, timers, "process time-to-live event");
            case "fade" -> List.of(value, timers, "process time-to-live processing");
            case "route" -> List.of("process side output");
            default -> List.of(); // Without state.
        };
    }
}
