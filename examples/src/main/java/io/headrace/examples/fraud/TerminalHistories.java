package io.headrace.examples.fraud;

import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ListState;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * For every transaction at t, what is known by then of its terminal in (t − 7 d − width, t − 7 d].
 *
 * <p>A transaction waits in {@code pending} until the watermark has reached its time: by then all
 * transactions and all labels up to t are here, so that the result is a function of the data alone,
 * whatever the order of arrival was. All that wait and are due are evaluated at once. Counts are
 * differences of places in the sorted {@code times}; nothing is older than {@link #KEPT_MILLIS}
 * behind the watermark, and a terminal that is not used any more is forgotten.
 */
final class TerminalHistories extends ProcessFunction<Long, TerminalEvent, Features> {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long DELAY_MILLIS = 7 * DAY_MILLIS;
    private static final long[] WIDTHS_MILLIS = {DAY_MILLIS, 7 * DAY_MILLIS, 30 * DAY_MILLIS};

    /** A transaction that is older than this is in no window any more. */
    static final long KEPT_MILLIS = DELAY_MILLIS + WIDTHS_MILLIS[2];

    private final boolean labelled;
    private final ValueState<TerminalTimes> times = valueState("times", TerminalTimes.class);
    private final ValueState<TerminalFrauds> frauds = valueState("frauds", TerminalFrauds.class);
    private final ListState<Spending> pending = listState("pending", Spending.class);
    private final Timer evaluate = eventTimeTimer("evaluate");
    private final Timer forget = eventTimeTimer("forget");

    /**
     * Creates the function.
     *
     * @param labelled whether there are labels; without them rates are null
     */
    TerminalHistories(boolean labelled) {
        this.labelled = labelled;
    }

    @Override
    public void process(TerminalEvent event, Context<Long> context, Output<Features> out) {
        long keptAfter = keptAfter(context.watermark());
        if (event instanceof Spending spending) {
            long time = spending.millis();
            TerminalTimes past = times.get();
            times.set((past == null ? TerminalTimes.NONE : past).with(time));
            pending.add(spending);
            setIfEarlier(evaluate, time);
            if (forget.time().isEmpty()) {
                forget.set(time + KEPT_MILLIS);
            }
        } else if (event instanceof KnownFraud fraud && fraud.transactionMillis() > keptAfter) {
            TerminalFrauds known = frauds.get();
            frauds.set((known == null ? TerminalFrauds.NONE : known).with(fraud, keptAfter));
            if (forget.time().isEmpty()) {
                forget.set(fraud.transactionMillis() + KEPT_MILLIS);
            }
        }
    }

    private static long keptAfter(long time) {
        return time < Long.MIN_VALUE + KEPT_MILLIS ? Long.MIN_VALUE : time - KEPT_MILLIS;
    }

    private static void setIfEarlier(Timer timer, long time) {
        OptionalLong set = timer.time();
        if (set.isEmpty() || set.getAsLong() > time) {
            timer.set(time);
        }
    }

    @Override
    public void onTimer(String timer, long time, Context<Long> context, Output<Features> out) {
        if (timer.equals("evaluate")) {
            evaluateDue(context.watermark(), out);
        } else {
            forget(keptAfter(time)); // Not the watermark: earlier transactions may still wait.
        }
    }

    private void evaluateDue(long watermark, Output<Features> out) {
        TerminalTimes past = times.get();
        TerminalFrauds known = frauds.get();
        List<Spending> rest = null;
        long next = Long.MAX_VALUE;
        for (Spending spending : pending.get()) {
            long time = spending.millis();
            if (time <= watermark) {
                out.emit(
                        new Features(
                                spending.transaction(),
                                spending.customer(),
                                history(time, past, known == null ? TerminalFrauds.NONE : known)));
            } else {
                rest = rest == null ? new ArrayList<>() : rest;
                rest.add(spending);
                next = Math.min(next, time);
            }
        }
        TerminalTimes kept = past.after(keptAfter(watermark));
        if (kept.isEmpty()) {
            times.clear(); // After the last watermark nothing is kept.
        } else if (kept != past) {
            times.set(kept);
        }
        if (rest == null) {
            pending.clear();
        } else {
            pending.set(rest);
            evaluate.set(next);
        }
    }

    private TerminalHistory history(long time, TerminalTimes past, TerminalFrauds known) {
        long end = time - DELAY_MILLIS;
        int upToEnd = past.countUpTo(end);
        long[] counts = new long[WIDTHS_MILLIS.length];
        Double[] rates = new Double[WIDTHS_MILLIS.length];
        for (int i = 0; i < counts.length; i++) {
            long start = end - WIDTHS_MILLIS[i];
            counts[i] = upToEnd - past.countUpTo(start);
            if (labelled) {
                rates[i] =
                        counts[i] == 0 ? 0.0 : (double) known.count(start, end, time) / counts[i];
            }
        }
        return new TerminalHistory(counts[0], rates[0], counts[1], rates[1], counts[2], rates[2]);
    }

    /** Forgets what is in no window any more; what is left sets the timer again, at the newest. */
    private void forget(long keptAfter) {
        TerminalTimes past = times.get();
        TerminalTimes kept = past == null ? TerminalTimes.NONE : past.after(keptAfter);
        if (kept.isEmpty()) {
            times.clear();
            frauds.clear();
        } else {
            times.set(kept);
            forget.set(kept.last() + KEPT_MILLIS);
        }
    }
}
