package io.headrace.kernel.function;

import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.ValueState;
import io.headrace.type.Type;

/**
 * Emits the records of each key in the order of time, when the watermark reaches them, or when too
 * many of the key wait.
 *
 * <p>State: {@code waiting}, a series of records; {@code released}, the time of a record that went
 * on before its time had come. No record before it may follow. It is forgotten when the timer
 * fires: that stands at the earliest record that waits, which is not before it, so that the
 * watermark is there too.
 */
public final class SortByTimeOperator extends Operator
        implements KeyedState.TimerTarget, WaitingRecords.Taker {
    /** The time of the last record that went on early. */
    public static final StateDeclaration RELEASED =
            new StateDeclaration(
                    "released", StateDeclaration.Kind.VALUE, null, Type.of(Long.class));

    private final Step.SortByTime.Room room;
    private final StateLayout layout;
    private final WaitingRecords waiting;
    private KeyedState state;
    private ValueState<Long> released;

    /** Creates the operator. */
    public SortByTimeOperator(Step.SortByTime step, StateLayout layout) {
        this.room = step.room();
        this.layout = layout;
        this.waiting = new WaitingRecords(layout, step.late());
    }

    @Override
    public StateLayout layout() {
        return layout;
    }

    @Override
    public void open(OperatorContext given) {
        super.open(given);
        state = given.state();
        waiting.open(state);
        released = state.value(RELEASED);
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        if (timestamp <= watermark) {
            onLate(waiting.late(), value, timestamp);
            return;
        }
        state.seek(context.key().key, context.key().hash);
        final Long last = released.get();
        if (last != null && timestamp < last) {
            onLate(waiting.late(), value, timestamp);
            return;
        }
        if (!room.releases() && waiting.size() >= room.waitingMax()) {
            throw failure(value, tooMany());
        }
        waiting.add(value, timestamp);
        while (waiting.size() > room.waitingMax()) {
            released.set(waiting.earliest());
            waiting.takeEarliest(this);
        }
        state.settle();
    }

    private IllegalStateException tooMany() {
        return new IllegalStateException(
                waiting.size()
                        + " records of the key wait for the watermark, and the limit of"
                        + " sortByTime is "
                        + room.waitingMax()
                        + ": raise it if there is memory for them, shorten the"
                        + " out-of-orderness of the source, or choose"
                        + " Overflow.RELEASE_EARLIEST");
    }

    @Override
    public void take(Object value, long timestamp) {
        context.key().key = state.key();
        context.key().hash = state.hash();
        counters.out++;
        out.emit(value, timestamp);
    }

    @Override
    public boolean work(int budget) {
        return state.fire(TimeDomain.EVENT_TIME, watermark, budget, this);
    }

    @Override
    public void onTimer(int timer, long time) {
        waiting.take(time, this);
        released.clear();
    }
}
