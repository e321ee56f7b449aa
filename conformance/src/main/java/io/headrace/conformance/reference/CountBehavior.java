package io.headrace.conformance.reference;

import io.headrace.function.TimeWindow;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps every record of each key for ever, and aggregates the last ones whenever so many have come
 * and at the end of the input. A global window is never complete.
 */
final class CountBehavior implements Behavior {
    private final Node node;
    private final Step.Window step;
    private final long size;
    private final long slide;
    private final Map<Object, List<Event>> events = new LinkedHashMap<>();

    CountBehavior(Node node, Step.Window step) {
        this.node = node;
        this.step = step;
        boolean counted = step.windows() instanceof WindowShape.Counted;
        this.size = counted ? ((WindowShape.Counted) step.windows()).size() : Integer.MAX_VALUE;
        this.slide = counted ? ((WindowShape.Counted) step.windows()).slide() : Integer.MAX_VALUE;
    }

    @Override
    public void onRecord(Event event) throws Exception {
        List<Event> all = events.computeIfAbsent(event.key(), any -> new ArrayList<>());
        all.add(event);
        if (all.size() % slide == 0) {
            fire(event.key(), all, all.size());
        }
    }

    @Override
    public void onWatermark() throws Exception {
        if (!node.hasEnded()) {
            return;
        }
        for (Map.Entry<Object, List<Event>> each : events.entrySet()) {
            List<Event> all = each.getValue();
            if (all.size() % slide != 0) {
                fire(each.getKey(), all, (all.size() / slide + 1) * slide);
            }
        }
    }

    /** Fires the window that ends with the record of a number, which may not have come. */
    private void fire(Object key, List<Event> all, long until) throws Exception {
        List<Event> last = all.subList((int) Math.max(0, until - size), all.size());
        long earliest = last.stream().mapToLong(Event::timestamp).min().orElseThrow();
        long latest = last.stream().mapToLong(Event::timestamp).max().orElseThrow();
        node.firings++;
        WindowBehavior.emit(
                node,
                step,
                new WindowBehavior.Fired(
                        key,
                        new TimeWindow(earliest, latest + 1),
                        Math.max(latest, node.passedWatermark + 1),
                        null),
                last.stream().map(Event::value).toList());
    }
}
