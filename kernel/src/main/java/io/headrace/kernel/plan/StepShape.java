package io.headrace.kernel.plan;

import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.state.TimeToLive;
import io.headrace.state.TimerDeclaration;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the state of a step means beyond its schemas, as named texts: the size of its windows, how
 * far it looks back, which clock a timer follows. It stands in checkpoints, because state that is
 * read with another meaning gives wrong results in silence.
 */
public final class StepShape {
    /** Durations that may become shorter: the state then keeps more than is needed, never less. */
    private static final Set<String> MAY_SHRINK = Set.of("allowedLateness", "farthest");

    /** May change: what is stored is when the last record came. */
    private static final String TIME_TO_LIVE = "timeToLive";

    private static final String TIMER = "timer ";

    private StepShape() {}

    /** Returns the shape of a step; empty for one whose schemas say all. */
    public static SortedMap<String, String> of(Step step) {
        SortedMap<String, String> shape = new TreeMap<>();
        if (step instanceof Step.Window window) {
            addWindows(window.windows(), shape);
            shape.put("allowedLateness", duration(window.firing().allowedLatenessMillis()));
            shape.put("aggregate", window.aggregator().name());
            addTrigger(window.firing().triggered(), shape);
        } else if (step instanceof Step.LookBack lookBack) {
            shape.put("farthest", duration(Collections.max(lookBack.widths().millis())));
            shape.put("evaluation", lookBack.widths().ordered() ? "ordered" : "eager");
            shape.put("aggregate", lookBack.aggregator().name());
        } else if (step instanceof Step.Stateful stateful) {
            for (TimerDeclaration timer : stateful.function().timers()) {
                shape.put(TIMER + timer.name(), clock(timer));
            }
            TimeToLive timeToLive = stateful.function().declarations().timeToLive();
            if (timeToLive != null) {
                shape.put(TIMER + TimeToLive.TIMER, clock(timeToLive.timer()));
                shape.put(TIME_TO_LIVE, duration(timeToLive.millis()));
            }
            stateful.function()
                    .aggregators()
                    .forEach(
                            (state, aggregator) ->
                                    shape.put("aggregate " + state, aggregator.name()));
        }
        return shape;
    }

    private static void addTrigger(
            Step.Window.Triggered triggered, SortedMap<String, String> shape) {
        if (triggered != null) {
            shape.put("trigger", triggered.trigger());
            shape.put("panes", triggered.accumulating() ? "accumulating" : "discarding");
        }
    }

    private static void addWindows(WindowShape windows, SortedMap<String, String> shape) {
        if (windows instanceof WindowShape.Aligned aligned) {
            shape.put("size", duration(aligned.sizeMillis()));
            shape.put("slide", duration(aligned.slideMillis()));
            shape.put("offset", duration(aligned.offsetMillis()));
        } else if (windows instanceof WindowShape.Days days) {
            shape.put("size", "days of " + days.zone() + " from " + days.start());
        } else if (windows instanceof WindowShape.Sessions sessions) {
            shape.put("gap", duration(sessions.gapMillis()));
        } else if (windows instanceof WindowShape.Counted counted) {
            shape.put("records", counted.size() + " each " + counted.slide());
        } else {
            shape.put("size", "all");
        }
    }

    /** Returns which clock a timer follows, for people. */
    static String clock(TimerDeclaration timer) {
        return timer.domain().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns whether a part of a shape belongs to a timer. */
    static boolean isTimer(String part) {
        return part.startsWith(TIMER);
    }

    private static String duration(long millis) {
        return Duration.ofMillis(millis).toString();
    }

    /**
     * Returns what keeps a step from going on with state of another shape, or nothing. What only
     * one of them has is new, or is refused as a state or timer that is no longer declared.
     */
    public static Optional<String> conflict(SortedMap<String, String> written, Step step) {
        SortedMap<String, String> now = of(step);
        for (String part : written.keySet()) {
            String before = written.get(part);
            String after = now.getOrDefault(part, before);
            if (!before.equals(after) && !mayBecome(part, before, after)) {
                return Optional.of(part + " was " + shown(before) + " and is " + shown(after));
            }
        }
        return Optional.empty();
    }

    /** Returns how parts of a shape differ from another one's that is without {@link #conflict}. */
    public static SortedMap<String, String> changes(SortedMap<String, String> written, Step step) {
        SortedMap<String, String> now = of(step);
        SortedMap<String, String> changes = new TreeMap<>();
        for (String part : written.keySet()) {
            String after = now.getOrDefault(part, "");
            if (!after.equals(written.get(part)) && now.containsKey(part)) {
                changes.put(part, "was " + shown(written.get(part)) + ", is " + shown(after));
            }
        }
        return changes;
    }

    private static boolean mayBecome(String part, String before, String after) {
        return part.equals(TIME_TO_LIVE) || MAY_SHRINK.contains(part) && shorter(after, before);
    }

    private static boolean shorter(String after, String before) {
        return Duration.parse(after).compareTo(Duration.parse(before)) < 0;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }
}
