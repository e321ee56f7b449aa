package io.headrace.conformance.reference;

import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.state.TimeDomain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the records of each window of each key and a trigger of its own for each window. Goes
 * through event time moment by moment, and asks every trigger at each.
 */
final class TriggeredBehavior implements Behavior {
    private final Node node;
    private final Step.Window step;
    private final World world;
    private final List<Open> windows = new ArrayList<>();
    private long eventTime = Long.MIN_VALUE;

    /** A window of a key that is not forgotten. */
    private final class Open implements TriggerContext {
        final Object key;
        final TimeWindow window;
        final Trigger<Object> trigger = step.firing().triggered().factory().get();
        final NaiveStates states =
                new NaiveStates(step.firing().triggered().declarations().timers());
        final List<Event> events = new ArrayList<>();
        boolean pending;
        boolean onTime;
        long index;

        Open(Object key, TimeWindow window) {
            this.key = key;
            this.window = window;
            trigger.declaredStates().connect(states);
        }

        long lastMillis() {
            return window.endMillis() - 1;
        }

        long forgottenAt() {
            return TriggeredBehavior.this.forgottenAt(window);
        }

        void add(Event event) {
            events.add(event);
            pending = true;
        }

        @Override
        public TimeWindow window() {
            return window;
        }

        @Override
        public long eventTime() {
            return eventTime;
        }

        @Override
        public long processingTime() {
            return world.clockMillis;
        }
    }

    TriggeredBehavior(Node node, Step.Window step, World world) {
        this.node = node;
        this.step = step;
        this.world = world;
    }

    private boolean isGlobal() {
        return step.windows() instanceof WindowShape.Global;
    }

    private long forgottenAt(TimeWindow window) {
        return window.endMillis() - 1 + step.firing().allowedLatenessMillis();
    }

    @Override
    public void onRecord(Event event) throws Exception {
        eventTime = node.watermark;
        List<Open> found = new ArrayList<>();
        if (step.windows() instanceof WindowShape.Sessions sessions) {
            session(event, sessions.gapMillis(), found);
        } else {
            for (TimeWindow window : windowsOf(event)) {
                if (forgottenAt(window) > node.watermark) {
                    found.add(open(event.key(), window));
                }
            }
        }
        if (found.isEmpty()) {
            node.late(step.late() == null ? null : step.late().name(), event);
            return;
        }
        found.forEach(open -> open.add(event));
        for (Open open : found) {
            Trigger.Result result = open.trigger.onElement(event.value(), event.timestamp(), open);
            fireIf(result, open);
        }
        advance();
    }

    private List<TimeWindow> windowsOf(Event event) {
        return isGlobal()
                ? List.of(new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE))
                : WindowBehavior.windowsOf(step.windows(), event.timestamp());
    }

    private Open open(Object key, TimeWindow window) {
        for (Open open : windows) {
            if (open.key.equals(key) && open.window.equals(window)) {
                return open;
            }
        }
        Open open = new Open(key, window);
        windows.add(open);
        return open;
    }

    private void session(Event event, long gapMillis, List<Open> found) throws Exception {
        long start = event.timestamp();
        long end = event.timestamp() + gapMillis;
        List<Open> joined = new ArrayList<>();
        for (Open open : windows) {
            if (open.key.equals(event.key())
                    && open.window.startMillis() < event.timestamp() + gapMillis
                    && open.window.endMillis() > event.timestamp()) {
                joined.add(open);
                start = Math.min(start, open.window.startMillis());
                end = Math.max(end, open.window.endMillis());
            }
        }
        TimeWindow window = new TimeWindow(start, end);
        if (forgottenAt(window) <= node.watermark) {
            return;
        }
        if (joined.size() == 1 && joined.get(0).window.equals(window)) {
            found.add(joined.get(0));
            return;
        }
        joined.sort(Comparator.comparingLong(open -> open.window.startMillis()));
        windows.removeAll(joined);
        Open session = open(event.key(), window);
        for (Open each : joined) {
            session.events.addAll(each.events);
            session.pending |= each.pending;
            session.onTime |= each.onTime && session.lastMillis() <= eventTime;
            session.index = Math.max(session.index, each.index);
            session.states.takeOver(each.states, session.trigger.reducers());
        }
        if (!joined.isEmpty()) {
            session.trigger.onMerge(session);
        }
        found.add(session);
    }

    @Override
    public void onWatermark() throws Exception {
        eventTime = Long.MIN_VALUE;
        advance();
    }

    /** Does what is due up to the watermark; at one moment, timers before what is forgotten. */
    private void advance() throws Exception {
        while (true) {
            windows.sort(Comparator.comparingLong(open -> open.window.startMillis()));
            long moment = Long.MAX_VALUE;
            for (Open open : windows) {
                long timer = open.states.nextTimer(TimeDomain.EVENT_TIME);
                moment = Math.min(moment, Math.min(timer, open.forgottenAt()));
            }
            if (windows.isEmpty() || moment > node.watermark) {
                return;
            }
            eventTime = Math.max(eventTime, moment);
            if (!fireTimer(TimeDomain.EVENT_TIME, moment)) {
                forget(moment);
            }
        }
    }

    private boolean fireTimer(TimeDomain domain, long moment) throws Exception {
        for (Open open : windows) {
            NaiveStates.Due due = open.states.takeDue(domain, moment);
            if (due != null) {
                fireIf(open.trigger.onTimer(due.timer().name(), due.time(), open), open);
                return true;
            }
        }
        return false;
    }

    private void forget(long moment) throws Exception {
        for (Open open : List.copyOf(windows)) {
            if (open.forgottenAt() == moment) {
                if (open.pending) {
                    fire(open);
                }
                windows.remove(open);
            }
        }
    }

    @Override
    public long nextOnClock() {
        return windows.stream()
                .mapToLong(open -> open.states.nextTimer(TimeDomain.PROCESSING_TIME))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public void onClock() throws Exception {
        eventTime = node.watermark;
        while (nextOnClock() <= world.clockMillis) {
            fireTimer(TimeDomain.PROCESSING_TIME, nextOnClock());
        }
        advance();
    }

    private void fireIf(Trigger.Result result, Open open) throws Exception {
        if (result == Trigger.Result.FIRE) {
            fire(open);
        }
    }

    private void fire(Open open) throws Exception {
        boolean early = open.lastMillis() > eventTime;
        boolean completes = !early && !open.onTime;
        if (open.events.isEmpty() || !open.pending && !completes) {
            return;
        }
        Pane.Timing late = open.onTime ? Pane.Timing.LATE : Pane.Timing.ON_TIME;
        Pane.Timing timing = early ? Pane.Timing.EARLY : late;
        Pane pane = new Pane(open.index, timing, open.forgottenAt() <= eventTime);
        List<Event> shown = List.copyOf(open.events);
        open.index++;
        open.pending = false;
        open.onTime = !early;
        if (!step.firing().triggered().accumulating()) {
            open.events.clear();
        }
        open.trigger.onFired(open);
        node.firings++;
        WindowBehavior.emit(node, step, fired(open, shown, pane), values(shown));
    }

    private static List<Object> values(List<Event> shown) {
        return shown.stream().map(Event::value).toList();
    }

    private WindowBehavior.Fired fired(Open open, List<Event> shown, Pane pane) {
        if (!isGlobal()) {
            return new WindowBehavior.Fired(open.key, open.window, open.lastMillis(), pane);
        }
        long earliest = shown.stream().mapToLong(Event::timestamp).min().orElseThrow();
        long latest = shown.stream().mapToLong(Event::timestamp).max().orElseThrow();
        TimeWindow window = new TimeWindow(earliest, latest + 1);
        long timestamp = Math.max(latest, node.passedWatermark + 1);
        return new WindowBehavior.Fired(open.key, window, timestamp, pane);
    }
}
