package io.headrace.kernel.function;

import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates the records of each key in windows that fire when a trigger says so.
 *
 * <p>State, by the start of the window: {@code contents}, a series of accumulators; {@code panes},
 * a series of (end, earliest time of a record, number of panes, what is open: {@link #PENDING} and
 * {@link #ON_TIME}); and what the trigger declared. A discarding window has no accumulator between
 * a pane and the next record. All windows of a key share two timers of the host: one stands at the
 * earliest timer of event time of a trigger and the earliest moment at which a window is forgotten,
 * or before; the other at the earliest timer of processing time, or before.
 *
 * <p>Event time goes in steps: while timers fire it is the time of the timer, so that panes do not
 * depend on how far a watermark jumps.
 */
public final class TriggeredWindowOperator extends WindowedOperator implements TriggerContext {
    private static final TimerDeclaration CLOCK =
            new TimerDeclaration("clock", TimeDomain.PROCESSING_TIME);

    /** Records have come that no pane has shown. */
    private static final long PENDING = 1;

    /** A pane has fired since event time reached the end of the window. */
    private static final long ON_TIME = 2;

    private static final int END = 0;
    private static final int FROM = 1;
    private static final int INDEX = 2;
    private static final int FLAGS = 3;

    private static final long NOT_BY_THE_CLOCK = Long.MIN_VALUE;

    private final boolean global;
    private final boolean accumulating;
    private final long gapMillis;
    private final WindowTimes times;
    private final WindowScope scope;
    private Trigger<Object> trigger;
    private final StateDeclaration contentsDeclaration;
    private final StateDeclaration panesDeclaration;
    private SeriesState<Object> contents;
    private SeriesState<Object[]> panes;
    private Timer clock;
    private long eventTime = Long.MIN_VALUE;
    private long passedWatermark = Long.MIN_VALUE;
    private TimeWindow window;

    /** What the clock says while its timers fire. */
    private long firedAtMillis = NOT_BY_THE_CLOCK;

    /** Creates the operator. */
    public TriggeredWindowOperator(Step.Window step) {
        super(step);
        Step.Window.Triggered triggered = step.firing().triggered();
        WindowShape shape = step.windows();
        this.global = shape instanceof WindowShape.Global;
        this.accumulating = triggered.accumulating();
        this.gapMillis = shape instanceof WindowShape.Sessions sessions ? sessions.gapMillis() : 0;
        this.times = global || gapMillis > 0 ? null : WindowTimes.of(shape);
        this.scope = new WindowScope(triggered.declarations());
        Type<Long> number = Type.of(Long.class);
        this.contentsDeclaration = series("contents", aggregator.accumulatorType());
        this.panesDeclaration =
                series("panes", Type.tuple(List.of(number, number, number, number)));
    }

    private static StateDeclaration series(String name, Type<?> type) {
        return new StateDeclaration(name, StateDeclaration.Kind.SERIES, null, type);
    }

    @Override
    public StateLayout layout() {
        List<StateDeclaration> states = new ArrayList<>();
        states.add(contentsDeclaration);
        states.add(panesDeclaration);
        states.addAll(scope.declarations());
        List<TimerDeclaration> timers =
                scope.hasTimers(TimeDomain.PROCESSING_TIME)
                        ? List.of(TIMER, CLOCK)
                        : List.of(TIMER);
        return new StateLayout(step.name(), step.keyType(), states, timers);
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        contents = state.series(contentsDeclaration);
        panes = state.series(panesDeclaration);
        scope.open(state);
        trigger = step.firing().triggered().factory().get();
        trigger.declaredStates().connect(scope);
        clock = scope.hasTimers(TimeDomain.PROCESSING_TIME) ? state.timer(CLOCK) : null;
        passedWatermark = watermark; // After a restore it had passed this far before.
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        state.seek(context.key().key, context.key().hash);
        eventTime = watermark;
        final List<Long> starts;
        try {
            starts = addToAll(value, timestamp);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        if (starts.isEmpty()) {
            state.settle();
            onLate(step.late(), value, timestamp);
            return;
        }
        for (Long start : starts) {
            seekWindow(start);
            try {
                fireIf(trigger.onElement(value, timestamp, this));
            } catch (Exception failed) {
                throw failure(state.key(), value, failed);
            }
        }
        fireDue(watermark);
        armAll();
        state.settle();
    }

    /** Adds a record to its windows that are not forgotten; returns their starts. */
    private List<Long> addToAll(Object value, long timestamp) throws Exception {
        List<Long> starts = new ArrayList<>();
        if (global) {
            addTo(Long.MIN_VALUE, timestamp + 1, timestamp, value);
            starts.add(Long.MIN_VALUE);
        } else if (gapMillis > 0) {
            addToSession(value, timestamp, starts);
        } else {
            final long slice = times.sliceStart(timestamp);
            final long last = times.lastEnd(slice);
            for (long end = times.firstEnd(slice); end <= last; end = times.nextEnd(end)) {
                if (forgottenAt(end) > watermark) {
                    final long start = times.windowStart(end);
                    addTo(start, end, start, value);
                    starts.add(start);
                }
            }
        }
        return starts;
    }

    private long forgottenAt(long end) {
        return end - 1 + latenessMillis;
    }

    private void addTo(long start, long end, long from, Object value) throws Exception {
        int place = contents.find(start);
        boolean first = place < 0;
        Object accumulator = first ? aggregator.create() : contents.value(place);
        accumulator = aggregator.add(accumulator, value);
        if (first) {
            contents.insert(start, accumulator);
        } else {
            contents.set(place, accumulator);
        }
        place = panes.find(start);
        if (place < 0) {
            panes.insert(start, new Object[] {end, from, 0L, PENDING});
            return;
        }
        Object[] pane = panes.value(place);
        long flags = (Long) pane[FLAGS] | PENDING;
        long until = first && global ? end : Math.max(end, (Long) pane[END]);
        long begin = first && global ? from : Math.min(from, (Long) pane[FROM]);
        panes.set(place, new Object[] {until, begin, pane[INDEX], flags});
    }

    private void addToSession(Object value, long timestamp, List<Long> starts) throws Exception {
        long start = timestamp;
        long end = timestamp + gapMillis;
        int until = panes.size();
        while (until > 0 && panes.time(until - 1) >= end) {
            until--;
        }
        int from = until;
        while (from > 0 && (Long) panes.value(from - 1)[END] > timestamp) {
            from--;
        }
        if (from < until) {
            start = Math.min(start, panes.time(from));
            end = Math.max(end, (Long) panes.value(until - 1)[END]);
        }
        if (forgottenAt(end) <= watermark) {
            return;
        }
        boolean changed =
                from < until
                        && (until > from + 1
                                || panes.time(from) != start
                                || (Long) panes.value(from)[END] != end);
        if (changed) {
            join(from, until, start, end);
        }
        addTo(start, end, start, value);
        starts.add(start);
    }

    /** Makes one session of several, or gives one other bounds. */
    private void join(int from, int until, long start, long end) throws Exception {
        List<Long> starts = new ArrayList<>();
        long index = 0;
        long flags = 0;
        Object total = null;
        for (int count = until - from; count > 0; count--) {
            Object[] pane = panes.value(from);
            Long each = panes.time(from);
            starts.add(each);
            index = Math.max(index, (Long) pane[INDEX]);
            flags |= (Long) pane[FLAGS];
            int place = contents.find(each);
            if (place >= 0) {
                Object part = contents.value(place);
                total = total == null ? part : aggregator.merge(total, part);
                contents.remove(place);
            }
            panes.remove(from);
        }
        flags = end - 1 > eventTime ? flags & ~ON_TIME : flags;
        panes.insert(start, new Object[] {end, start, index, flags});
        if (total != null) {
            contents.insert(start, total);
        }
        scope.seek(start);
        scope.merge(starts, trigger.reducers());
        seekWindow(start);
        trigger.onMerge(this);
    }

    private void seekWindow(long start) {
        scope.seek(start);
        window =
                global
                        ? new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE)
                        : new TimeWindow(start, (Long) panes.value(panes.find(start))[END]);
    }

    private void fireIf(Trigger.Result result) throws Exception {
        if (result == Trigger.Result.FIRE) {
            fire();
        }
    }

    /** Emits a pane of the window at hand, if there is something to show. */
    private void fire() throws Exception {
        final long start = window.startMillis();
        final int place = contents.find(start);
        if (place < 0) {
            return; // Nothing has come since a pane that was discarded.
        }
        final int panePlace = panes.find(start);
        final Object[] pane = panes.value(panePlace);
        final long flags = (Long) pane[FLAGS];
        final Pane.Timing timing = timing(flags);
        if ((flags & PENDING) == 0 && timing != Pane.Timing.ON_TIME) {
            return;
        }
        final long index = (Long) pane[INDEX];
        final long after = timing == Pane.Timing.EARLY ? 0 : ON_TIME;
        panes.set(panePlace, new Object[] {pane[END], pane[FROM], index + 1, after});
        final Object accumulator = contents.value(place);
        if (!accumulating) {
            contents.remove(place);
        }
        final boolean last = forgotten(window) <= eventTime;
        trigger.onFired(this);
        final long end = (Long) pane[END];
        final TimeWindow shown = new TimeWindow((Long) pane[FROM], end);
        final long timestamp = global ? Math.max(end - 1, passedWatermark + 1) : end - 1;
        emitPane(shown, new Pane(index, timing, last), accumulator, timestamp);
    }

    private Pane.Timing timing(long flags) {
        if (window.endMillis() - 1 > eventTime) {
            return Pane.Timing.EARLY;
        }
        return (flags & ON_TIME) == 0 ? Pane.Timing.ON_TIME : Pane.Timing.LATE;
    }

    private long forgotten(TimeWindow given) {
        return global ? given.endMillis() - 1 : forgottenAt(given.endMillis());
    }

    @Override
    public boolean work(int budget) {
        if (super.work(budget)) {
            return true;
        }
        passedWatermark = watermark;
        return false;
    }

    @Override
    public void onTimer(int index, long time) {
        if (firedAtMillis != NOT_BY_THE_CLOCK) {
            onClock(firedAtMillis);
            return;
        }
        eventTime = time;
        fireDue(time);
        armAll();
    }

    /** Does what the windows of the key have to do up to a time, in the order of time. */
    private void fireDue(long upTo) {
        while (true) {
            WindowScope.Due due = scope.firstDue(TimeDomain.EVENT_TIME, upTo);
            int place = firstForgotten(due == null ? upTo : Math.min(upTo, due.time() - 1));
            if (place >= 0) {
                forget(place);
            } else if (due != null) {
                eventTime = Math.max(eventTime, due.time());
                call(due);
            } else {
                return;
            }
        }
    }

    /** Returns the window that is forgotten first, up to a time, or −1. */
    private int firstForgotten(long upTo) {
        int first = -1;
        long earliest = upTo;
        for (int place = 0; place < panes.size(); place++) {
            long time = forgottenTime(place);
            if (first < 0 ? time <= earliest : time < earliest) {
                first = place;
                earliest = time;
            }
        }
        return first;
    }

    private long forgottenTime(int place) {
        return global ? Long.MAX_VALUE - 1 : forgottenAt((Long) panes.value(place)[END]);
    }

    /** The time of a window is over: fires what no pane has shown, and forgets it. */
    private void forget(int place) {
        final long start = panes.time(place);
        eventTime = Math.max(eventTime, forgottenTime(place));
        seekWindow(start);
        try {
            if (((Long) panes.value(place)[FLAGS] & PENDING) != 0) {
                fire();
            }
        } catch (Exception failed) {
            throw failure(state.key(), window, failed);
        }
        scope.seek(start);
        scope.clear();
        panes.remove(panes.find(start));
        int left = contents.find(start);
        if (left >= 0) {
            contents.remove(left);
        }
    }

    private void call(WindowScope.Due due) {
        scope.take(due);
        seekWindow(due.window());
        try {
            fireIf(trigger.onTimer(scope.timerName(due.timer()), due.time(), this));
        } catch (Exception failed) {
            throw failure(state.key(), window, failed);
        }
    }

    @Override
    public boolean onProcessingTime(long millis, int budget) {
        firedAtMillis = millis;
        boolean more = state.fire(TimeDomain.PROCESSING_TIME, millis, budget, this);
        firedAtMillis = NOT_BY_THE_CLOCK;
        return more;
    }

    private void onClock(long millis) {
        eventTime = watermark;
        WindowScope.Due due;
        while ((due = scope.firstDue(TimeDomain.PROCESSING_TIME, millis)) != null) {
            call(due);
        }
        fireDue(watermark);
        armAll();
    }

    /** Lets the timers of the key stand at the next moment at which it has something to do. */
    private void armAll() {
        final WindowScope.Due due = scope.firstDue(TimeDomain.EVENT_TIME, Long.MAX_VALUE);
        final int place = firstForgotten(Long.MAX_VALUE);
        final long forgotten = place < 0 ? Long.MAX_VALUE : forgottenTime(place);
        if (place < 0) { // A timer of a trigger belongs to a window.
            disarm();
        } else {
            arm(due == null ? forgotten : Math.min(forgotten, due.time()));
        }
        if (clock != null) {
            armClock(scope.firstDue(TimeDomain.PROCESSING_TIME, Long.MAX_VALUE));
        }
    }

    private void armClock(WindowScope.Due next) {
        if (next == null) {
            clock.clear();
        } else if (clock.time().isEmpty() || clock.time().getAsLong() > next.time()) {
            clock.set(next.time());
        }
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
        return context.clock().millis();
    }
}
