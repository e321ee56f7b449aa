package io.headrace.kernel.function;

import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.codec.MutableLong;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.type.Type;
import java.util.List;

/**
 * Aggregates the records of each key in sessions.
 *
 * <p>State: {@code sessions}, a series by their start of (end, accumulator); those of one key do
 * not overlap. One timer per key stands at the earliest end of a session or before: a record that
 * moves an end on leaves the timer where it is, and the timer finds that out when it fires. A
 * session has fired exactly if its last millisecond is not after the watermark.
 */
public final class SessionOperator extends WindowedOperator {
    private static final int END = 0;
    private static final int ACCUMULATOR = 1;

    private final long gapMillis;
    private final StateDeclaration declaration;
    private SeriesState<Object[]> sessions;

    /** Creates the operator. */
    public SessionOperator(Step.Window step) {
        super(step);
        this.gapMillis = ((WindowShape.Sessions) step.windows()).gapMillis();
        this.declaration =
                new StateDeclaration(
                        "sessions",
                        StateDeclaration.Kind.SERIES,
                        null,
                        Type.tuple(List.of(Type.of(Long.class), aggregator.accumulatorType())));
    }

    @Override
    public StateLayout layout() {
        return new StateLayout(step.name(), step.keyType(), List.of(declaration), List.of(TIMER));
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        sessions = state.series(declaration);
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        state.seek(context.key().key, context.key().hash);
        long start = timestamp;
        long end = timestamp + gapMillis;
        // Those that the record joins stand together: sessions are in order and do not overlap.
        int until = sessions.size();
        while (until > 0 && sessions.time(until - 1) >= end) {
            until--;
        }
        int from = until;
        while (from > 0 && end(from - 1) > timestamp) {
            from--;
        }
        boolean awaited = false; // By a timer that stands at an end of before.
        if (from < until) {
            awaited = end(until - 1) - 1 > watermark;
            start = Math.min(start, sessions.time(from));
            end = Math.max(end, end(until - 1));
        }
        if (end - 1 + latenessMillis <= watermark) {
            onLate(step.late(), value, timestamp);
            return;
        }
        Object accumulator;
        try {
            accumulator = aggregator.add(joined(from, until), value);
        } catch (Exception failed) {
            throw failure(value, failed);
        }
        put(from, until, start, end, accumulator);
        boolean fired = end - 1 <= watermark;
        if (!awaited) {
            arm(fired ? end - 1 + latenessMillis : end - 1);
        }
        if (fired) {
            emitWindow(start, end, accumulator, end - 1);
        }
        state.settle();
    }

    private long end(int place) {
        return MutableLong.of(sessions.value(place)[END]);
    }

    /** Returns the accumulator of several sessions as one; of none, a new one. */
    private Object joined(int from, int until) throws Exception {
        if (from == until) {
            return aggregator.create();
        }
        Object total = sessions.value(from)[ACCUMULATOR];
        for (int place = from + 1; place < until; place++) {
            total = aggregator.merge(total, sessions.value(place)[ACCUMULATOR]);
        }
        return total;
    }

    /** Puts one session in the place of those that it joins. */
    private void put(int from, int until, long start, long end, Object accumulator) {
        if (until == from + 1 && sessions.time(from) == start) {
            final Object[] session = sessions.value(from);
            if (session[END] instanceof MutableLong held) {
                held.value = end;
            } else { // It was restored.
                session[END] = new MutableLong(end);
            }
            if (session[ACCUMULATOR] != accumulator) { // Most change in place.
                session[ACCUMULATOR] = accumulator;
            }
            sessions.set(from, session);
            return;
        }
        for (int place = until - 1; place >= from; place--) {
            sessions.remove(place);
        }
        sessions.insert(start, new Object[] {new MutableLong(end), accumulator});
    }

    /** Fires the sessions that end at this time, forgets old ones, finds the next time. */
    @Override
    public void onTimer(int index, long time) {
        int forgotten = 0;
        long next = Long.MAX_VALUE;
        for (int place = 0; place < sessions.size(); place++) {
            final long end = end(place);
            if (end - 1 == time) {
                emitWindow(sessions.time(place), end, sessions.value(place)[ACCUMULATOR], end - 1);
            }
            if (end - 1 + latenessMillis <= time) {
                forgotten = place + 1;
            } else {
                next = Math.min(next, end - 1 > time ? end - 1 : end - 1 + latenessMillis);
            }
        }
        sessions.removeFirst(forgotten);
        if (next != Long.MAX_VALUE) {
            arm(next);
        }
    }
}
