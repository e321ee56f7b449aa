package io.headrace.conformance.reference;

import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps all records that wait in one list, and sorts it whenever it looks at it. */
final class SortByTimeBehavior implements Behavior {
    private final Node node;
    private final Step.SortByTime step;
    private final List<Event> waiting = new ArrayList<>();

    /** Until when no record of a key may come, because a later one has gone on. */
    private final Map<Object, Long> released = new HashMap<>();

    SortByTimeBehavior(Node node, Step.SortByTime step) {
        this.node = node;
        this.step = step;
    }

    @Override
    public void onRecord(Event event) throws Exception {
        long earliest = released.getOrDefault(event.key(), Long.MIN_VALUE);
        if (event.timestamp() <= node.watermark || event.timestamp() < earliest) {
            node.late(step.late() == null ? null : step.late().name(), event);
            return;
        }
        waiting.add(event);
        List<Event> ofKey =
                waiting.stream()
                        .filter(other -> other.key().equals(event.key()))
                        .sorted(Comparator.comparingLong(Event::timestamp))
                        .toList();
        if (ofKey.size() > step.room().waitingMax()) {
            if (!step.room().releases()) {
                throw new IllegalStateException("too many wait");
            }
            Event first = ofKey.get(0);
            waiting.removeIf(other -> other == first);
            released.put(event.key(), first.timestamp());
            node.emit(first);
        }
    }

    @Override
    public void onWatermark() throws Exception {
        waiting.sort(Comparator.comparingLong(Event::timestamp)); // Equal times as they came.
        while (!waiting.isEmpty() && waiting.get(0).timestamp() <= node.watermark) {
            node.emit(waiting.remove(0));
        }
    }
}
