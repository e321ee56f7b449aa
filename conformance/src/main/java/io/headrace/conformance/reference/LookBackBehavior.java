package io.headrace.conformance.reference;

import io.headrace.function.Aggregator;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps every record for ever, and aggregates for each one over those of its key that stand before
 * it and are not too old.
 */
final class LookBackBehavior implements Behavior {
    private final Node node;
    private final Step.LookBack step;
    private final List<Event> waiting = new ArrayList<>();
    private final List<Event> evaluated = new ArrayList<>();

    LookBackBehavior(Node node, Step.LookBack step) {
        this.node = node;
        this.step = step;
    }

    @Override
    public void onRecord(Event event) throws Exception {
        if (event.timestamp() <= node.watermark) {
            node.late(step.late() == null ? null : step.late().name(), event);
        } else if (step.widths().ordered()) {
            waiting.add(event);
        } else {
            evaluate(event);
        }
    }

    @Override
    public void onWatermark() throws Exception {
        waiting.sort(Comparator.comparingLong(Event::timestamp)); // Equal times as they came.
        while (!waiting.isEmpty() && waiting.get(0).timestamp() <= node.watermark) {
            evaluate(waiting.remove(0));
        }
    }

    private void evaluate(Event event) throws Exception {
        evaluated.add(event);
        evaluated.sort(Comparator.comparingLong(Event::timestamp)); // Equal times as they came.
        List<Object> results = new ArrayList<>();
        for (long width : step.widths().millis()) {
            results.add(lookBack(event, width));
        }
        node.emit(event.with(step.function().apply(event.value(), results)));
    }

    /** Aggregates over the records of the key in (t − width, t]. */
    private Object lookBack(Event event, long width) throws Exception {
        Aggregator<Object, Object, Object> aggregator = step.aggregator();
        Object accumulator = aggregator.create();
        for (Event other : evaluated) {
            if (other.key().equals(event.key())
                    && other.timestamp() > event.timestamp() - width
                    && other.timestamp() <= event.timestamp()) {
                accumulator = aggregator.add(accumulator, other.value());
            }
        }
        return aggregator.result(accumulator);
    }
}
