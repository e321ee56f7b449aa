package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import java.util.Arrays;
import java.util.List;

/**
 * For every record, aggregates over the records of its key in (t − width, t].
 *
 * <p>State: {@code history}, one accumulator per record as far back as the widest width, and, if
 * ordered, {@code pending}, the records that wait for the watermark. All widths read the one
 * history through a {@link HistoryIndex}, a cache that is built again after a restore. The timer
 * {@code evaluate} stands at the earliest record that waits; {@code expire} forgets the history of
 * a key that is not seen any more.
 */
public final class LookBackOperator extends Operator implements KeyedState.TimerTarget {
    private static final TimerDeclaration EVALUATE =
            new TimerDeclaration("evaluate", TimeDomain.EVENT_TIME);
    private static final TimerDeclaration EXPIRE =
            new TimerDeclaration("expire", TimeDomain.EVENT_TIME);

    private final Step.LookBack step;
    private final Aggregator<Object, Object, Object> aggregator;
    private final long[] widths;
    private final long widest;
    private final boolean ordered;
    private final StateDeclaration historyDeclaration;
    private final StateDeclaration pendingDeclaration;
    private KeyedState state;
    private SeriesState<Object> history;
    private SeriesState<Object> pending;
    private Timer evaluate;
    private Timer expire;

    /** Creates the operator. */
    public LookBackOperator(Step.LookBack step) {
        this.step = step;
        this.aggregator = step.aggregator();
        List<Long> millis = step.widths().millis();
        this.widths = new long[millis.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = millis.get(i);
        }
        this.widest = Arrays.stream(widths).max().orElseThrow();
        this.ordered = step.widths().ordered();
        this.historyDeclaration =
                new StateDeclaration(
                        "history",
                        StateDeclaration.Kind.SERIES,
                        null,
                        aggregator.accumulatorType());
        this.pendingDeclaration =
                new StateDeclaration(
                        "pending", StateDeclaration.Kind.SERIES, null, step.widths().valueType());
    }

    @Override
    public StateLayout layout() {
        return new StateLayout(
                step.name(),
                step.keyType(),
                List.of(historyDeclaration, pendingDeclaration),
                List.of(EVALUATE, EXPIRE));
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        state = given.state();
        history = state.series(historyDeclaration);
        pending = state.series(pendingDeclaration);
        evaluate = state.timer(EVALUATE);
        expire = state.timer(EXPIRE);
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        if (timestamp <= watermark) {
            onLate(step.late(), value, timestamp);
            return;
        }
        state.seek(context.key().key, context.key().hash);
        if (ordered) {
            if (pending.insert(timestamp, value) == 0) {
                evaluate.set(timestamp);
            }
        } else {
            evict(watermark);
            evaluate(value, timestamp);
        }
        state.settle();
    }

    @Override
    public boolean work(int budget) {
        return state.fire(TimeDomain.EVENT_TIME, watermark, budget, this);
    }

    @Override
    public void onTimer(int timer, long time) {
        if (timer == 0) {
            evaluatePending(time);
        } else {
            expire(time);
        }
    }

    /** Evaluates the records of this time: all that can come have come. */
    private void evaluatePending(long time) {
        int count = 0;
        while (count < pending.size() && pending.time(count) <= time) {
            evaluate(pending.value(count), pending.time(count));
            count++;
        }
        pending.removeFirst(count);
        evict(time);
        if (pending.size() > 0) {
            evaluate.set(pending.time(0));
        }
    }

    /** Forgets what no record from {@code time} on can look back to. */
    private void evict(long time) {
        int count = 0;
        while (count < history.size() && history.time(count) + widest <= time) {
            count++;
        }
        if (count > 0) {
            history.removeFirst(count);
            if (history.cache() instanceof HistoryIndex index) {
                index.removedFirst(count);
            }
        }
    }

    private void evaluate(Object value, long timestamp) {
        Object result;
        try {
            Object accumulator = aggregator.add(aggregator.create(), value);
            int place = history.insert(timestamp, accumulator);
            HistoryIndex index = index();
            index.inserted(place);
            List<Object> results = index.results(place);
            result = step.function().apply(value, results);
        } catch (Exception failed) {
            throw failure(state.key(), value, failed);
        }
        if (result == null) {
            throw failure(state.key(), value, nullResult());
        }
        if (expire.time().isEmpty()) {
            expire.set(timestamp + widest);
        }
        context.key().key = state.key();
        context.key().hash = state.hash();
        counters.out++;
        out.emit(result, timestamp);
    }

    private HistoryIndex index() {
        HistoryIndex index = (HistoryIndex) history.cache();
        if (index == null) {
            index =
                    ordered && aggregator.subtracts()
                            ? new RunningTotals(aggregator, widths, history)
                            : new AggregateTree(aggregator, widths, history);
            history.cache(index);
        }
        return index;
    }

    /** Set lazily: at the time of one record it finds out whether later ones need the key. */
    private void expire(long time) {
        evict(time);
        if (history.size() > 0) {
            expire.set(history.time(history.size() - 1) + widest);
        }
    }
}
