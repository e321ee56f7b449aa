package io.headrace.conformance.random;

import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.StepLine;
import io.headrace.conformance.scenario.WindowLines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws a pipeline: sources, then steps behind any of the streams so far, as long as the types fit
 * and the results are determined, and a sink for every stream that nobody reads.
 */
final class RandomPipeline {
    /** Enough for steps behind steps behind steps, few enough to read a failure. */
    private static final int STEPS_MAX = 8;

    /** Two streams of different sources are needed for most functions of two inputs. */
    private static final int CONNECT_TRIES = 8;

    private static final String[] PROCESSES = {
        "running", "twice", "last", "tally", "largest", "average", "recent", "flush", "session",
        "ties", "overdue", "remind", "expire", "fade", "route"
    };
    private static final String[] CONNECTS = {"latest", "both", "answer", "sums", "tag"};
    private static final String[] AGGREGATES = {"count", "sum", "min", "max", "average", "concat"};
    private static final String[] MORE_AGGREGATES = {
        "distinct", "approximate", "variance", "quantiles", "first", "last", "collect", "top"
    };
    private static final String[] KEYS = {"name", "number", "both"};

    private final SplittableRandom random;
    private final List<StepLine> lines = new ArrayList<>();
    private final List<String> streams = new ArrayList<>();

    RandomPipeline(SplittableRandom random) {
        this.random = random;
    }

    PipelineText draw() {
        int sources = 1 + Math.max(0, random.nextInt(5) - 2);
        for (int i = 0; i < sources; i++) {
            add(source("in" + i));
        }
        int steps = 2 + random.nextInt(STEPS_MAX - 1);
        for (int i = 0; i < steps; i++) {
            addStep("s" + i);
        }
        if (random.nextInt(4) == 0) {
            add(line("letters", "deadLetters", List.of()));
        }
        Set<String> read = new HashSet<>();
        lines.forEach(line -> read.addAll(line.inputs()));
        for (String stream : List.copyOf(streams)) {
            if (!read.contains(stream)) {
                lines.add(line("to-" + stream, "write", List.of(stream)));
            }
        }
        return new PipelineText(lines);
    }

    private StepLine source(String name) {
        StepLine line = line(name, "source", List.of());
        int splits = random.nextBoolean() ? 1 : 2 + random.nextInt(2);
        line = splits > 1 ? line.with("splits", Integer.toString(splits)) : line;
        line = random.nextInt(3) == 0 ? line.with("unbounded", "yes") : line;
        return random.nextInt(6) == 0 ? line.with("parallelism", number(1, 3)) : line;
    }

    /** Tries steps until one fits; a step that needs a key may get one. */
    private void addStep(String name) {
        while (true) {
            if (random.nextInt(12) == 0 && broadcast(name)) {
                return;
            }
            if (random.nextInt(6) == 0 && connect(name)) {
                return;
            }
            if (random.nextInt(20) == 0 && control(name)) {
                return;
            }
            StepLine step = step(name);
            if (fits(List.of(step))) {
                add(step);
                return;
            }
            StepLine key = keyBy(name + "k", step.inputs().get(0));
            List<String> inputs = new ArrayList<>(step.inputs());
            inputs.set(0, key.name());
            if (fits(List.of(key, step.from(inputs)))) {
                add(key);
                add(step.from(inputs));
                return;
            }
        }
    }

    /** A step behind a broadcast sees each record as often as it has subtasks. */
    private boolean broadcast(String name) {
        StepLine broadcast = line(name + "b", "broadcast", List.of(stream()));
        StepLine behind =
                line(name, "map", List.of(broadcast.name()))
                        .with("to", one("item", "number", "text"))
                        .with("parallelism", number(1, 3));
        if (!fits(List.of(broadcast, behind))) {
            return false;
        }
        add(broadcast);
        add(behind);
        return true;
    }

    /** Tries to connect two streams, which get a key each, or one that has a key with itself. */
    private boolean connect(String name) {
        String what = one(CONNECTS);
        for (int tries = 0; tries < CONNECT_TRIES; tries++) {
            if (connect(name, what)) {
                return true;
            }
        }
        return false;
    }

    private boolean connect(String name, String what) {
        String by = one(KEYS);
        StepLine first = line(name + "k", "keyBy", List.of(stream())).with("by", by);
        StepLine second = line(name + "l", "keyBy", List.of(stream())).with("by", by);
        first = random.nextInt(6) == 0 ? first.with("parallelism", number(1, 3)) : first;
        StepLine connect = line(name, "connect", List.of()).with("do", what);
        List<StepLine> added =
                random.nextInt(6) == 0
                        ? List.of(first, connect.from(List.of(first.name(), first.name())))
                        : List.of(
                                first, second, connect.from(List.of(first.name(), second.name())));
        if (!fits(added)) {
            return false;
        }
        added.forEach(this::add);
        return true;
    }

    /** Tries to let one stream control another one; both may come from one source. */
    private boolean control(String name) {
        for (int tries = 0; tries < CONNECT_TRIES; tries++) {
            StepLine keyed = keyBy(name + "k", stream());
            StepLine broadcast = line(name + "b", "broadcast", List.of(stream()));
            StepLine control =
                    late(
                            line(name, "control", List.of(keyed.name(), broadcast.name()))
                                    .with("do", one("rules", "repeat", "latest", "expire")));
            if (fits(List.of(keyed, broadcast, control))) {
                List.of(keyed, broadcast, control).forEach(this::add);
                return true;
            }
        }
        return false;
    }

    private void add(StepLine line) {
        lines.add(line);
        streams.add(line.name());
        streams.addAll(line.sides());
    }

    private boolean fits(List<StepLine> added) {
        List<StepLine> all = new ArrayList<>(lines);
        all.addAll(added);
        all.add(line("probe", "write", List.of(added.get(added.size() - 1).name())));
        return Validity.holds(new PipelineText(all));
    }

    private StepLine step(String name) {
        String input = stream();
        return switch (random.nextInt(21)) {
            case 0 -> line(name, "map", List.of(input)).with("to", one("item", "number", "text"));
            case 1 -> line(name, "filter", List.of(input)).with("keep", filter());
            case 2 -> line(name, "flatMap", List.of(input));
            case 3 -> line(name, "merge", List.of(input, stream()));
            case 4 -> random.nextBoolean() ? ranges(name, input) : keyBy(name, input);
            case 5 -> line(name, "mapWithKey", List.of(input));
            case 6 -> spread(name, input);
            case 7, 8, 9, 10, 11 -> process(name, input);
            case 12, 13, 14, 15 -> window(name, input);
            case 16, 17 -> tool(name, input);
            case 18 -> sortByTime(name, input);
            default -> lookBack(name, input);
        };
    }

    private String filter() {
        return random.nextInt(10) == 0 ? "none" : one("even", "small");
    }

    private StepLine spread(String name, String input) {
        StepLine line = line(name, one("rebalance", "partitionBy"), List.of(input));
        return random.nextInt(3) == 0 ? line.with("parallelism", number(1, 3)) : line;
    }

    private StepLine keyBy(String name, String input) {
        StepLine line = line(name, "keyBy", List.of(input)).with("by", one(KEYS));
        return random.nextInt(6) == 0 ? line.with("parallelism", number(1, 3)) : line;
    }

    private StepLine ranges(String name, String input) {
        StepLine line = line(name, "partitionByRange", List.of(input));
        line =
                random.nextInt(3) > 0 // Few streams are in an order that makes one sample.
                        ? line.with("sample", number(1, 6)).with("ranges", number(2, 4))
                        : line.with("at", one("3", "0,5", "1,2,4,8"));
        return random.nextInt(6) == 0 ? line.with("parallelism", number(1, 3)) : line;
    }

    private StepLine process(String name, String input) {
        String what = one(PROCESSES);
        StepLine line = line(name, "process", List.of(input)).with("do", what);
        return what.equals("route") ? line.with("side", name + "-odd") : line;
    }

    private StepLine window(String name, String input) {
        StepLine line = windows(line(name, "window", List.of(input)));
        if (!WindowLines.counts(line)) {
            line = random.nextBoolean() ? line.with("lateness", lateness()) : line;
            line = late(line);
        }
        line = random.nextInt(5) < 2 ? triggered(line) : line;
        line = random.nextInt(3) == 0 ? line.with("bounds", "yes") : line;
        String aggregate = random.nextInt(4) == 0 ? one("reduce", "all") : aggregate();
        return line.with("aggregate", aggregate);
    }

    private String lateness() {
        return random.nextBoolean() ? number(1, 120) : one("10", "20", "50", "100");
    }

    private StepLine triggered(StepLine line) {
        if (line.options().containsKey("records")) {
            return line;
        }
        StepLine with = line.with("trigger", "watermark");
        if (random.nextBoolean()) {
            with = line.with("trigger", one("highest", "highest", "never", "never", rule()));
        } else {
            with = random.nextBoolean() ? with.with("early", rule()) : with;
            with = random.nextBoolean() ? with.with("late-firing", rule()) : with;
        }
        return random.nextBoolean() ? with.with("discarding", "yes") : with;
    }

    private String rule() {
        return one("records", "event", "clock") + one("1", "2", "3", "10", "50");
    }

    private StepLine windows(StepLine line) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> offset(line.with("size", one("1", "10", "50", "100")), "size");
            case 2, 3 ->
                    offset(
                            line.with("size", one("30", "50", "100"))
                                    .with("slide", one("1", "10", "20", "30")),
                            "slide");
            case 4, 5 -> line.with("gap", one("1", "10", "30"));
            case 6 -> {
                StepLine counted = line.with("records", number(3, 6));
                yield random.nextBoolean() ? counted : counted.with("every", number(1, 3));
            }
            case 7 -> line.with("days", one("Europe/Berlin", "Asia/Kolkata"));
            default -> line;
        };
    }

    private StepLine offset(StepLine line, String below) {
        int most = (int) line.number(below, 0) - 1;
        return random.nextInt(4) == 0 ? line.with("offset", number(0, most)) : line;
    }

    private StepLine lookBack(String name, String input) {
        int narrow = one(1, 20, 60);
        String widths = random.nextBoolean() ? "" + narrow : narrow + "," + narrow * 3;
        StepLine line = line(name, "lookBack", List.of(input)).with("widths", widths);
        line = random.nextInt(3) == 0 ? line.with("eager", "yes") : line;
        return late(line).with("aggregate", aggregate());
    }

    private StepLine sortByTime(String name, String input) {
        StepLine line = late(line(name, "sortByTime", List.of(input)));
        return random.nextBoolean() ? line : line.with("max", number(1, 4)).with("release", "yes");
    }

    private StepLine tool(String name, String input) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> line(name, "sort", List.of(input));
            case 2 -> line(name, "running", List.of(input)).with("aggregate", aggregate());
            case 3 -> line(name, "changes", List.of(input));
            default ->
                    line(name, "deduplicate", List.of(input))
                            .with("within", Integer.toString(one(1, 10, 50, 200)));
        };
    }

    /** The old ones twice as often: a subtracting one is rare enough among all. */
    private String aggregate() {
        return random.nextInt(2) == 0 ? one(AGGREGATES) : one(MORE_AGGREGATES);
    }

    private StepLine late(StepLine line) {
        return random.nextInt(3) == 0 ? line.with("late", line.name() + "-late") : line;
    }

    /** Prefers streams that were made last, so that pipelines become deep. */
    private String stream() {
        int newest = streams.size() - 1;
        return streams.get(
                random.nextBoolean()
                        ? newest - random.nextInt(Math.min(2, streams.size()))
                        : random.nextInt(streams.size()));
    }

    private static StepLine line(String name, String operator, List<String> inputs) {
        Map<String, String> options = new LinkedHashMap<>();
        return new StepLine(name, operator, inputs, options);
    }

    private String number(int from, int to) {
        return Integer.toString(from + random.nextInt(to - from + 1));
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private int one(int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
