package io.headrace.conformance.reference;

import io.headrace.function.Aggregator;
import io.headrace.function.TimeWindow;
import io.headrace.graph.Step;
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
    private final List<Pane> panes = new ArrayList<>();

    /** A window of a key. */
    private static final class Pane {
        final Object key;
        final long start;
        final List<Object> values = new ArrayList<>();
        boolean fired;

        Pane(Object key, long start) {
            this.key = key;
            this.start = start;
        }
    }

    WindowBehavior(Node node, Step.Window step) {
        this.node = node;
        this.step = step;
    }

    @Override
    public void onRecord(Event event) throws Exception {
        long size = step.windows().sizeMillis();
        long offset = step.windows().offsetMillis();
        long start = Math.floorDiv(event.timestamp() - offset, size) * size + offset;
        if (forgottenAt(start) <= node.watermark) {
            node.late(step.late() == null ? null : step.late().name(), event);
            return;
        }
        Pane pane = pane(event.key(), start);
        pane.values.add(event.value());
        if (lastMillis(start) <= node.watermark) {
            fire(pane);
        }
    }

    private Pane pane(Object key, long start) {
        for (Pane pane : panes) {
            if (pane.key.equals(key) && pane.start == start) {
                return pane;
            }
        }
        Pane pane = new Pane(key, start);
        panes.add(pane);
        return pane;
    }

    private long lastMillis(long start) {
        return start + step.windows().sizeMillis() - 1;
    }

    private long forgottenAt(long start) {
        return lastMillis(start) + step.windows().allowedLatenessMillis();
    }

    @Override
    public void onWatermark() throws Exception {
        panes.sort(Comparator.comparingLong(pane -> pane.start));
        for (Pane pane : panes) {
            if (!pane.fired && lastMillis(pane.start) <= node.watermark) {
                fire(pane);
            }
        }
        panes.removeIf(pane -> forgottenAt(pane.start) <= node.watermark);
    }

    private void fire(Pane pane) throws Exception {
        Aggregator<Object, Object, Object> aggregator = step.aggregator();
        Object accumulator = aggregator.create();
        for (Object value : pane.values) {
            accumulator = aggregator.add(accumulator, value);
        }
        Object result = aggregator.result(accumulator);
        if (step.function() != null) {
            TimeWindow window = new TimeWindow(pane.start, lastMillis(pane.start) + 1);
            result = step.function().apply(pane.key, window, result);
        }
        pane.fired = true;
        node.firings++;
        node.emit(new Event(pane.key, result, lastMillis(pane.start)));
    }
}
