package io.headrace.conformance.scenario;

import io.headrace.KeyedStream;
import io.headrace.Triggers;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.function.Output;
import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the options of a line {@code window} stand for. */
public final class WindowLines {
    private static final String REDUCE = "reduce";
    private static final String ALL = "all";

    private WindowLines() {}

    /** Returns the shape of the windows, as it is named in reports. */
    public static String shape(StepLine line) {
        Map<String, String> options = line.options();
        if (options.containsKey("days")) {
            return "days";
        }
        if (options.containsKey("gap")) {
            return "session";
        }
        if (options.containsKey("records")) {
            return options.containsKey("every") ? "sliding count" : "count";
        }
        if (options.containsKey("size")) {
            return options.containsKey("slide") ? "hopping" : "tumbling";
        }
        return "global";
    }

    /** Returns whether it is the order of arrival that decides which window a record is in. */
    public static boolean counts(StepLine line) {
        return Set.of("count", "sliding count", "global").contains(shape(line));
    }

    /** Returns whether results depend on the order in which records of a window came. */
    public static boolean dependsOnOrder(StepLine line) {
        return aggregates(line) && AggregateKind.isOrdered(line);
    }

    /** Returns whether an aggregate makes the results, not a reduction or a function. */
    static boolean aggregates(StepLine line) {
        return !Set.of(REDUCE, ALL).contains(line.option("aggregate"));
    }

    static Windows windows(StepLine line) {
        return switch (shape(line)) {
            case "days" ->
                    Windows.days(ZoneId.of(line.option("days")))
                            .startingAt(
                                    LocalTime.parse(line.options().getOrDefault("from", "00:00")));
            case "session" -> Windows.session(Duration.ofMillis(line.number("gap", 0)));
            case "count" -> Windows.count(line.number("records", 0));
            case "sliding count" ->
                    Windows.slidingCount(line.number("records", 0), line.number("every", 0));
            case "tumbling" ->
                    Windows.tumbling(Duration.ofMillis(line.number("size", 0)))
                            .offset(Duration.ofMillis(line.number("offset", 0)));
            case "hopping" ->
                    Windows.hopping(
                                    Duration.ofMillis(line.number("size", 0)),
                                    Duration.ofMillis(line.number("slide", 0)))
                            .offset(Duration.ofMillis(line.number("offset", 0)));
            default -> Windows.global();
        };
    }

    /** Returns what the results are, given what comes in. */
    static Kind result(StepLine line, Kind before) {
        return switch (line.option("aggregate")) {
            case REDUCE -> before;
            case ALL -> Kind.TEXT;
            default ->
                    line.options().containsKey("bounds")
                            ? Kind.TEXT
                            : AggregateKind.of(line).result();
        };
    }

    static KeyedStream<Object, Object> results(
            StepLine line, WindowedStream<Object, Object> windowed, Kind before) {
        return switch (line.option("aggregate")) {
            case REDUCE -> windowed.reduce(line.name(), WindowLines::larger);
            case ALL -> windowed.process(line.name(), WindowLines::all);
            default ->
                    isTriggered(line) && line.options().containsKey("bounds")
                            ? windowed.aggregate(
                                    line.name(),
                                    AggregateKind.of(line).aggregator(before),
                                    WindowLines::withPane)
                            : line.options().containsKey("bounds")
                                    ? windowed.aggregate(
                                            line.name(),
                                            AggregateKind.of(line).aggregator(before),
                                            WindowLines::withBounds)
                                    : windowed.aggregate(
                                            line.name(), AggregateKind.of(line).aggregator(before));
        };
    }

    /** Whether the windows have a trigger, and panes that a function can ask. */
    public static boolean isTriggered(StepLine line) {
        return line.options().containsKey("trigger");
    }

    /** Whether the clock lets windows fire. */
    public static boolean isClocked(StepLine line) {
        return List.of("trigger", "early", "late-firing").stream()
                .anyMatch(option -> line.options().getOrDefault(option, "").startsWith("clock"));
    }

    /** Gives windows the trigger that a line names, if it names one. */
    static WindowedStream<Object, Object> triggered(
            StepLine line, WindowedStream<Object, Object> windowed) {
        if (!isTriggered(line)) {
            return windowed;
        }
        WindowedStream<Object, Object> triggered;
        if (line.option("trigger").equals("watermark")) {
            Triggers.AfterWatermark trigger = Triggers.afterWatermark();
            String early = line.options().get("early");
            String late = line.options().get("late-firing");
            trigger = early == null ? trigger : trigger.early(repeated(early));
            triggered = windowed.trigger(late == null ? trigger : trigger.late(repeated(late)));
        } else if (line.option("trigger").equals("highest")) {
            triggered = windowed.trigger(OnHighest::new);
        } else {
            triggered = windowed.trigger(repeated(line.option("trigger")));
        }
        return line.options().containsKey("discarding")
                ? triggered.discarding()
                : triggered.accumulating();
    }

    private static Triggers.Repeated repeated(String rule) {
        if (rule.equals("never")) {
            return Triggers.never();
        }
        long every = Long.parseLong(rule.replaceFirst("^[a-z]+", ""));
        return switch (rule.replaceFirst("[0-9]+$", "")) {
            case "records" -> Triggers.everyRecords(every);
            case "event" -> Triggers.everyEventTime(Duration.ofMillis(every));
            case "clock" -> Triggers.every(Duration.ofMillis(every));
            default -> throw new IllegalArgumentException("no such rule: " + rule);
        };
    }

    private static Object withPane(Object key, TimeWindow window, Pane pane, Object result) {
        return key
                + bounds(window)
                + result
                + "#"
                + pane.index()
                + ","
                + pane.timing().name().toLowerCase(Locale.ROOT)
                + (pane.last() ? ",last" : "");
    }

    private static Object withBounds(Object key, TimeWindow window, Object result) {
        return key + bounds(window) + result;
    }

    private static String bounds(TimeWindow window) {
        return "[" + window.startMillis() + "," + window.endMillis() + ")";
    }

    /** The value with the larger number; of equal numbers, the one with the larger text. */
    private static Object larger(Object first, Object second) {
        int numbers = Long.compare(Kind.number(first), Kind.number(second));
        int order = numbers != 0 ? numbers : first.toString().compareTo(second.toString());
        return order >= 0 ? first : second;
    }

    /** All values of a window in one text, and another text with how many there are. */
    private static void all(
            Object key, TimeWindow window, List<Object> values, Output<Object> out) {
        out.emit(
                values.stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining("+", key + bounds(window), "")));
        out.emit("of" + values.size());
    }
}
