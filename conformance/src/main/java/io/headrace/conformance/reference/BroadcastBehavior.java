package io.headrace.conformance.reference;

import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.ControlContext;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Calls a process function with broadcast state. Everything waits in lists until the watermark has
 * reached its time; then the earliest comes first: of one time first the control records, then the
 * records, then the timers.
 */
final class BroadcastBehavior implements Behavior {
    private final Node node;
    private final Step.BroadcastProcess step;
    private final BroadcastProcessFunction<Object, Object, Object, Object> function;
    private final ProcessBehavior process;
    private final List<Event> records = new ArrayList<>();
    private final List<Event> controls = new ArrayList<>();

    /** What a control record says of itself. */
    private record Control(long timestamp, boolean late) implements ControlContext {}

    BroadcastBehavior(Node node, Step.BroadcastProcess step, World world) {
        this.node = node;
        this.step = step;
        this.function = step.function().factory().get();
        this.process = new ProcessBehavior(node, step, function, world);
        NaiveStates maps = new NaiveStates(List.of());
        function.declaredStates().connectBroadcast(maps::map);
    }

    @Override
    public void onRecord(Event event) throws Exception {
        onRecord(0, event);
    }

    @Override
    public void onRecord(int input, Event event) throws Exception {
        boolean late = event.timestamp() <= node.watermark;
        if (input == 1 && late) {
            apply(event, true);
        } else if (input == 1) {
            controls.add(event);
        } else if (late) {
            node.late(step.waiting().late() == null ? null : step.waiting().late().name(), event);
        } else {
            records.add(event);
        }
    }

    private void apply(Event control, boolean late) throws Exception {
        function.processControl(control.value(), new Control(control.timestamp(), late));
    }

    @Override
    public void onWatermark() throws Exception {
        while (true) {
            Event control = earliest(controls);
            Event record = earliest(records);
            long timer = process.nextEventTimer();
            long time = Math.min(timer, Math.min(timeOf(control), timeOf(record)));
            if (time > node.watermark || time == Long.MAX_VALUE) {
                return;
            }
            if (control != null && control.timestamp() == time) {
                controls.remove(control);
                apply(control, false);
            } else if (record != null && record.timestamp() == time) {
                process.reached(time);
                process(record);
            } else {
                process.reached(time);
                process.fireNext();
            }
        }
    }

    /** Processes a record, and all others of its key and its time. */
    private void process(Event first) throws Exception {
        for (Iterator<Event> each = records.iterator(); each.hasNext(); ) {
            Event event = each.next();
            if (event.key().equals(first.key()) && event.timestamp() == first.timestamp()) {
                each.remove();
                node.firings++;
                process.process(0, event);
            }
        }
    }

    private static Event earliest(List<Event> events) {
        Event earliest = null;
        for (Event event : events) {
            if (earliest == null || event.timestamp() < earliest.timestamp()) {
                earliest = event;
            }
        }
        return earliest;
    }

    private static long timeOf(Event event) {
        return event == null ? Long.MAX_VALUE : event.timestamp();
    }

    @Override
    public long nextOnClock() {
        return process.nextOnClock();
    }

    @Override
    public void onClock() throws Exception {
        process.onClock();
    }

    @Override
    public void onEnd() {
        process.onEnd();
    }
}
