package io.headrace.conformance.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the results of a pipeline is the same in every run whose script comes line by line, at
 * any parallelism. The API promises the order of records of one key, and nothing of others; so a
 * step whose results depend on more than its input promises has no results to compare, and is
 * refused.
 */
public final class Determinism {
    private final Map<String, Traits> streams = new HashMap<>();
    private final Set<String> broadcasts = new HashSet<>();

    /**
     * What is known of a stream.
     *
     * @param sources all that it comes from
     * @param timed whether it has event time
     * @param clocked whether timers of processing time are before it
     * @param several whether more than one record may follow from one
     */
    public record Traits(
            Order order, Set<String> sources, boolean timed, boolean clocked, boolean several) {
        Traits with(Order other) {
            return new Traits(other, sources, timed, clocked, several);
        }

        Traits severally() {
            return new Traits(order, sources, timed, clocked, true);
        }
    }

    private Determinism() {}

    /**
     * Looks at a pipeline.
     *
     * @throws IllegalArgumentException if a step has no results to compare; names it
     */
    public static Determinism of(PipelineText pipeline) {
        Determinism determinism = new Determinism();
        pipeline.lines().forEach(determinism::add);
        return determinism;
    }

    /** Returns what is known of the stream behind a step, or of a side output. */
    public Traits of(String stream) {
        return streams.get(stream);
    }

    private void add(StepLine line) {
        boolean copied = line.inputs().stream().anyMatch(broadcasts::contains);
        boolean controlled = line.operator().equals("control");
        require(!copied || controlled || line.operator().equals("map") && copies(line) > 0, line);
        Traits traits =
                switch (line.operator()) {
                    case "source" ->
                            new Traits(Order.TOTAL, Set.of(line.name()), true, false, false);
                    case "deadLetters" -> new Traits(Order.NONE, Set.of(), false, false, true);
                    case "merge" -> merged(line);
                    case "rebalance", "partitionBy" -> input(line).with(Order.NONE);
                    case "broadcast" -> input(line);
                    case "keyBy" -> keyed(input(line));
                    case "partitionByRange" -> ranged(line);
                    case "sort" -> sorted(line);
                    case "flatMap" -> input(line).severally();
                    case "process" -> processed(line);
                    case "connect" -> connected(line);
                    case "control" -> controlled(line);
                    case "window" -> windowed(line);
                    case "lookBack" -> lookingBack(line);
                    case "sortByTime" -> sortedByTime(line);
                    case "running", "deduplicate", "changes" -> withTool(line);
                    default -> input(line);
                };
        traits = copied && !controlled ? traits.with(Order.NONE).severally() : traits;
        if (line.operator().equals("broadcast")) {
            broadcasts.add(line.name());
        }
        streams.put(line.name(), traits);
        for (String side : line.sides()) { // Without its key.
            streams.put(side, traits.with(traits.order().orWorse(Order.PER_LINE)));
        }
    }

    /** How often a step behind a broadcast sees a record is determined by its own parallelism. */
    private static long copies(StepLine line) {
        return line.number("parallelism", 0);
    }

    private Traits input(StepLine line) {
        return inputs(line).get(0);
    }

    private List<Traits> inputs(StepLine line) {
        if (line.inputs().isEmpty() || !streams.keySet().containsAll(line.inputs())) {
            throw new IllegalArgumentException("no such stream before this line: " + line);
        }
        return line.inputs().stream().map(streams::get).toList();
    }

    /** If one record follows from one, it has one key, and a total order is kept. */
    private static Traits keyed(Traits before) {
        return switch (before.order()) {
            case TOTAL -> before.with(before.several() ? Order.PER_KEY : Order.TOTAL);
            case PER_KEY -> before.with(Order.PER_LINE);
            case PER_LINE, NONE -> before;
        };
    }

    /**
     * The first records are the sample, and those that wait for it follow from the last of them.
     */
    private Traits ranged(StepLine line) {
        Traits before = input(line);
        if (!line.options().containsKey("sample")) {
            return keyed(before);
        }
        require(before.order() == Order.TOTAL, line);
        return new Traits(Order.PER_KEY, before.sources(), false, before.clocked(), true);
    }

    /** Equal records stay as they came. */
    private Traits sorted(StepLine line) {
        Traits before = input(line);
        require(before.order().isAtMost(Order.PER_KEY), line);
        return new Traits(Order.PER_KEY, before.sources(), false, before.clocked(), true);
    }

    private Traits merged(StepLine line) {
        List<Traits> inputs = inputs(line);
        Set<String> sources = new HashSet<>();
        Order order = Order.TOTAL;
        boolean timed = true;
        boolean clocked = false;
        boolean several = false;
        for (Traits each : inputs) {
            boolean apart = each.sources().stream().noneMatch(sources::contains);
            sources.addAll(each.sources());
            timed &= each.timed();
            clocked |= each.clocked();
            several |= each.several();
            order = order.orWorse(apart ? each.order() : Order.NONE);
        }
        Order merged = order == Order.PER_KEY ? Order.PER_LINE : order; // The key is gone.
        return new Traits(merged, sources, timed, clocked, several);
    }

    private Traits processed(StepLine line) {
        Traits before = input(line);
        ProcessKind what = ProcessKind.of(line);
        Order needed =
                switch (what) {
                    case FLUSH, REMIND -> Order.PER_LINE;
                    case ROUTE -> Order.NONE;
                    default -> Order.PER_KEY;
                };
        require(before.order().isAtMost(needed), line);
        boolean clocked = what.hasProcessingTimers();
        require(before.timed(), line);
        require(!(clocked && before.clocked()), line);
        return new Traits(
                what.hasTimers() ? before.order().orWorse(Order.PER_KEY) : before.order(),
                before.sources(),
                before.timed(),
                before.clocked() || clocked,
                before.several() || what != ProcessKind.RUNNING);
    }

    /**
     * What follows from one record, or one move of the clock, comes on both inputs in any order.
     */
    private Traits connected(StepLine line) {
        require(line.inputs().size() == 2, line);
        Traits first = input(line);
        Traits second = inputs(line).get(1);
        CoProcessKind what = CoProcessKind.of(line);
        Order order = first.order().orWorse(second.order());
        if (first.sources().stream().anyMatch(second.sources()::contains)) {
            order = Order.NONE;
        } else if (first.clocked() && second.clocked()) {
            order = order.orWorse(Order.PER_LINE);
        }
        Order needed =
                switch (what) {
                    case SUMS -> Order.PER_LINE;
                    case TAG -> Order.NONE;
                    default -> Order.PER_KEY;
                };
        require(order.isAtMost(needed), line);
        require(first.timed() && second.timed(), line);
        Set<String> sources = new HashSet<>(first.sources());
        sources.addAll(second.sources());
        return new Traits(
                what.hasTimers() ? order.orWorse(Order.PER_KEY) : order,
                sources,
                true,
                first.clocked() || second.clocked(),
                true);
    }

    /** Records see the rules of their time, whatever came first. */
    private Traits controlled(StepLine line) {
        require(line.inputs().size() == 2, line);
        require(!broadcasts.contains(line.inputs().get(0)), line);
        require(broadcasts.contains(line.inputs().get(1)), line);
        Traits records = input(line);
        Traits controls = inputs(line).get(1);
        BroadcastKind what = BroadcastKind.of(line);
        require(what != BroadcastKind.EXPIRE || records.order().isAtMost(Order.PER_KEY), line);
        require(what != BroadcastKind.LATEST || controls.order() == Order.TOTAL, line);
        require(records.timed() && controls.timed(), line);
        require(!records.clocked() && !controls.clocked(), line);
        require(records.order() != Order.NONE && controls.order() != Order.NONE, line);
        Set<String> sources = new HashSet<>(records.sources());
        sources.addAll(controls.sources());
        return new Traits(records.order().orWorse(Order.PER_KEY), sources, true, false, true);
    }

    private Traits windowed(StepLine line) {
        Traits before = input(line);
        String shape = WindowLines.shape(line);
        boolean byOrder = WindowLines.dependsOnOrder(line);
        require(before.timed(), line);
        if (WindowLines.aggregates(line)) {
            requireExact(AggregateKind.of(line), before, line);
        }
        require(!(byOrder && shape.equals("hopping")), line); // Slices go by time.
        require(
                !(byOrder || WindowLines.counts(line)) || before.order().isAtMost(Order.PER_KEY),
                line);
        boolean triggered = WindowLines.isTriggered(line);
        require(!triggered || before.order().isAtMost(Order.PER_KEY), line);
        boolean clocked = WindowLines.isClocked(line);
        require(!(clocked && before.clocked()), line);
        boolean severally = line.number("lateness", 0) > 0 || shape.equals("session");
        require(!severally || before.order() != Order.NONE, line);
        return new Traits(
                before.order().orWorse(Order.PER_KEY),
                before.sources(),
                true,
                before.clocked() || clocked,
                true);
    }

    private Traits lookingBack(StepLine line) {
        Traits before = input(line);
        requireExact(AggregateKind.of(line), before, line);
        require(before.timed(), line);
        require(before.order().isAtMost(Order.PER_KEY), line);
        boolean eager = line.options().containsKey("eager");
        return eager ? before : before.with(before.order().orWorse(Order.PER_KEY));
    }

    private Traits sortedByTime(StepLine line) {
        Traits before = input(line);
        require(before.timed(), line);
        require(before.order().isAtMost(Order.PER_KEY), line);
        return before.with(Order.PER_KEY);
    }

    private Traits withTool(StepLine line) {
        Traits before = input(line);
        if (line.operator().equals("running")) {
            requireExact(AggregateKind.of(line), before, line);
        }
        require(before.timed(), line);
        require(before.order().isAtMost(Order.PER_KEY), line);
        return before;
    }

    /** Quantiles are exact up to 200 values, which is more than a script has lines. */
    private static void requireExact(AggregateKind what, Traits before, StepLine line) {
        boolean few = !before.several() && before.order() != Order.NONE;
        require(what != AggregateKind.QUANTILES || few, line);
    }

    private static void require(boolean determined, StepLine line) {
        if (!determined) {
            throw new IllegalArgumentException(
                    "the results depend on an order that is not promised: " + line);
        }
    }
}
