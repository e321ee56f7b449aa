package io.headrace.conformance.reference;

import io.headrace.function.Aggregator;
import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import io.headrace.graph.Step;
import io.headrace.graph.WindowOutput;
import io.headrace.graph.WindowShape;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the records of each window of each key, and aggregates all of them whenever it fires: when
 * the watermark reaches its last millisecond, and for each record that comes between then and the
 * end of the allowed lateness.
 */
final class WindowBehavior implements Behavior {
    private final Node node;
    private final Step.Window step;
    private final List<Open> panes = new ArrayList<>();

    /** A window of a key. */
    private static final class Open {
        final Object key;
        final TimeWindow window;
        final List<Object> values = new ArrayList<>();
        boolean fired;

        Open(Object key, TimeWindow window) {
            this.key = key;
            this.window = window;
        }
    }

    WindowBehavior(Node node, Step.Window step) {
        this.node = node;
        this.step = step;
    }

    @Override
    public void onRecord(Event event) throws Exception {
        List<Open> kept =
                step.windows() instanceof WindowShape.Sessions sessions
                        ? session(event, sessions.gapMillis())
                        : panesOf(event);
        if (kept.isEmpty()) {
            node.late(step.late() == null ? null : step.late().name(), event);
            return;
        }
        for (Open pane : kept) {
            pane.values.add(event.value());
        }
        for (Open pane : kept) {
            if (lastMillis(pane.window) <= node.watermark) {
                fire(pane);
            }
        }
    }

    /** Returns the windows that a record belongs to and that are not forgotten. */
    private List<Open> panesOf(Event event) {
        List<Open> found = new ArrayList<>();
        for (TimeWindow window : windowsOf(step.windows(), event.timestamp())) {
            if (forgottenAt(window) > node.watermark) {
                found.add(pane(event.key(), window));
            }
        }
        return found;
    }

    private Open pane(Object key, TimeWindow window) {
        for (Open pane : panes) {
            if (pane.key.equals(key) && pane.window.equals(window)) {
                return pane;
            }
        }
        Open pane = new Open(key, window);
        panes.add(pane);
        return pane;
    }

    /** Returns the windows that cover a time, the earliest first. */
    static List<TimeWindow> windowsOf(WindowShape windowShape, long time) {
        List<TimeWindow> windows = new ArrayList<>();
        if (windowShape instanceof WindowShape.Days days) {
            LocalDate date = Instant.ofEpochMilli(time).atZone(days.zone()).toLocalDate();
            for (int i = -2; i <= 2; i++) {
                long start = startOf(days, date.plusDays(i));
                long end = startOf(days, date.plusDays(i + 1));
                if (start <= time && time < end) {
                    windows.add(new TimeWindow(start, end));
                }
            }
        } else {
            WindowShape.Aligned shape = (WindowShape.Aligned) windowShape;
            long slide = shape.slideMillis();
            long offset = shape.offsetMillis();
            long start = Math.floorDiv(time - offset, slide) * slide + offset;
            for (; start + shape.sizeMillis() > time; start -= slide) {
                windows.add(0, new TimeWindow(start, start + shape.sizeMillis()));
            }
        }
        return windows;
    }

    private static long startOf(WindowShape.Days days, LocalDate date) {
        return date.atTime(days.start()).atZone(days.zone()).toInstant().toEpochMilli();
    }

    /** Returns the session that a record joins or begins, unless that is forgotten already. */
    private List<Open> session(Event event, long gapMillis) {
        long start = event.timestamp();
        long end = event.timestamp() + gapMillis;
        List<Open> joined = new ArrayList<>();
        for (Open pane : panes) {
            if (pane.key.equals(event.key())
                    && pane.window.startMillis() < event.timestamp() + gapMillis
                    && pane.window.endMillis() > event.timestamp()) {
                joined.add(pane);
                start = Math.min(start, pane.window.startMillis());
                end = Math.max(end, pane.window.endMillis());
            }
        }
        TimeWindow window = new TimeWindow(start, end);
        if (forgottenAt(window) <= node.watermark) {
            return List.of();
        }
        joined.sort(Comparator.comparingLong(pane -> pane.window.startMillis()));
        panes.removeAll(joined);
        Open session = new Open(event.key(), window);
        joined.forEach(pane -> session.values.addAll(pane.values));
        panes.add(session);
        return List.of(session);
    }

    private static long lastMillis(TimeWindow window) {
        return window.endMillis() - 1;
    }

    private long forgottenAt(TimeWindow window) {
        return lastMillis(window) + step.firing().allowedLatenessMillis();
    }

    @Override
    public void onWatermark() throws Exception {
        panes.sort(Comparator.comparingLong(pane -> lastMillis(pane.window)));
        for (Open pane : panes) {
            if (!pane.fired && lastMillis(pane.window) <= node.watermark) {
                fire(pane);
            }
        }
        panes.removeIf(pane -> forgottenAt(pane.window) <= node.watermark);
    }

    private void fire(Open pane) throws Exception {
        pane.fired = true;
        node.firings++;
        emit(
                node,
                step,
                new Fired(pane.key, pane.window, lastMillis(pane.window), null),
                pane.values);
    }

    /** A firing, the timestamp of what it emits, and its pane if the window has a trigger. */
    record Fired(Object key, TimeWindow window, long timestamp, Pane pane) {}

    /** Aggregates all values of a window and emits what the step makes of them. */
    static void emit(Node node, Step.Window step, Fired fired, List<Object> values)
            throws Exception {
        Aggregator<Object, Object, Object> aggregator = step.aggregator();
        Object accumulator = aggregator.create();
        for (Object value : values) {
            accumulator = aggregator.add(accumulator, value);
        }
        Object result = aggregator.result(accumulator);
        if (step.output() instanceof WindowOutput.OfAll output) {
            output.function()
                    .process(
                            fired.key(),
                            fired.window(),
                            WindowOutput.OfAll.records(result),
                            value -> emit(node, fired, value));
        } else if (step.output() instanceof WindowOutput.OfAllOfPane output) {
            output.function()
                    .process(
                            fired.key(),
                            fired.window(),
                            fired.pane(),
                            WindowOutput.OfAll.records(result),
                            value -> emit(node, fired, value));
        } else if (step.output() instanceof WindowOutput.OfPane output) {
            emit(
                    node,
                    fired,
                    output.function().apply(fired.key(), fired.window(), fired.pane(), result));
        } else if (step.output() instanceof WindowOutput.OfWindow output) {
            emit(node, fired, output.function().apply(fired.key(), fired.window(), result));
        } else {
            emit(node, fired, result);
        }
    }

    private static void emit(Node node, Fired fired, Object value) {
        node.emit(new Event(fired.key(), value, fired.timestamp()));
    }
}
