package io.headrace.kernel.chain;

import io.headrace.connector.PieceOut;
import io.headrace.function.Side;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.TimeDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One physical step of one subtask.
 *
 * <p>An operator pushes data only; watermarks, barriers, timers and the end are driven by the
 * {@link Chain}, so that it cannot forget to forward them. <b>Threading.</b> One thread at a time.
 * <b>Order.</b> {@link #open}, then records and watermarks, {@link #onEnd} after the watermark
 * {@link Long#MAX_VALUE}, {@link #prepareBarrier} at any time between records, also after the end,
 * {@link #close} once.
 *
 * <p>As a {@link Port} it takes records on input 0.
 */
public abstract class Operator implements Port {
    /** So many late records are kept from one checkpoint to the next, to be looked at. */
    private static final int LATE_RECORDS_MAX = 100;

    /** What it has counted. */
    protected final Counters counters = new Counters();

    /** Takes what it emits. */
    protected Port out = Port.NOWHERE;

    /** Takes dead letters. */
    protected Port deadLetters = Port.NOWHERE;

    /** Its watermark: the smallest of its inputs. Written by the chain. */
    protected long watermark = Long.MIN_VALUE;

    /** What it was opened with. */
    protected OperatorContext context;

    private final Map<String, Port> sides = new HashMap<>();
    private final List<LateRecord> lateRecords = new ArrayList<>();

    /** Returns what it keeps per key, or null. The same on every host. */
    public StateLayout layout() {
        return null;
    }

    /** Gets ready. Called once, before the first record. */
    public void open(OperatorContext given) {
        context = given;
    }

    /**
     * Takes a record.
     *
     * @param input which of its inputs; order between inputs is not promised
     */
    public abstract void process(int input, Object value, long timestamp);

    /**
     * Takes a record on input 0, by {@code process(0, value, timestamp)}. Each class says so
     * itself: a method that stood here would be called once per step of a chain, and the compiler
     * does not inline a method into itself as often as that.
     */
    @Override
    public abstract void emit(Object value, long timestamp);

    /**
     * Its watermark rose; {@link #watermark} holds the new one. May start work that {@link #work}
     * goes on with.
     *
     * @return the watermark to pass on
     */
    public long onWatermark(long combined) {
        return combined;
    }

    /**
     * Does a bounded part of pending work.
     *
     * @return whether there is more; the chain holds back watermark and barrier meanwhile
     */
    public boolean work(int budget) {
        return false;
    }

    /** Passes on records that it has kept for a moment. Called at the end of every step. */
    public void flush() {}

    /** Fires processing-time timers. Returns whether there may be more. */
    public boolean onProcessingTime(long millis, int budget) {
        return false;
    }

    /**
     * The input has ended and the watermark is {@link Long#MAX_VALUE}: emit what is left. Called
     * before that watermark is passed on, and once more when the whole chain has ended.
     */
    public void onEnd() {
        if (context.state() != null) {
            counters.droppedTimers += context.state().dropProcessingTimers();
        }
    }

    /**
     * A barrier is about to pass: seal what belongs before it.
     *
     * @param pieces takes the sealed output of a sink
     * @return false to be called again
     */
    public boolean prepareBarrier(PieceOut pieces) {
        return true;
    }

    /** Returns whether it can take input now. While it cannot, its subtask takes none. */
    public boolean ready() {
        return true;
    }

    /** Releases what it holds. */
    public void close() {}

    /** Returns the earliest time a processing-time timer is due, or {@link Long#MAX_VALUE}. */
    public final long nextProcessingTime() {
        return context.state() == null
                ? Long.MAX_VALUE
                : context.state().nextTime(TimeDomain.PROCESSING_TIME);
    }

    /** Returns what it has counted. */
    public final Counters counters() {
        return counters;
    }

    /** Returns its watermark. */
    public long watermark() {
        return watermark;
    }

    /** Continues at the watermark that was saved with its state. */
    public final void restoreWatermark(long saved) {
        watermark = saved;
    }

    /** Connects the main output. */
    public final void connect(Port port) {
        out = port;
    }

    /** Connects the dead letters. */
    public final void connectDeadLetters(Port port) {
        deadLetters = port;
    }

    /** Connects a side output. */
    public final void connectSide(String name, Port port) {
        sides.put(name, port);
    }

    /** Returns what takes its main output: a source pushes its records straight into it. */
    public final Port output() {
        return out;
    }

    /** Returns what takes its dead letters. */
    public final Port deadLetterOutput() {
        return deadLetters;
    }

    /** Returns the port of a side output; records go nowhere if nobody reads it. */
    protected final Port side(String name) {
        return sides.getOrDefault(name, Port.NOWHERE);
    }

    /** Counts a record that is late, and sends it to a side output if there is one. */
    protected final void onLate(Side<?> side, Object value, long timestamp) {
        counters.late++;
        if (side != null) {
            side(side.name()).emit(value, timestamp);
        } else if (lateRecords.size() < LATE_RECORDS_MAX) {
            lateRecords.add(LateRecord.of(context, value, timestamp, watermark));
        }
    }

    /** Returns the first late records since the last call that have no side output. */
    public final List<LateRecord> takeLateRecords() {
        List<LateRecord> taken = List.copyOf(lateRecords);
        lateRecords.clear();
        return taken;
    }

    /** Returns the failure of a user's function, for the key in the slot. */
    protected final StepFailure failure(Object value, Throwable cause) {
        return failure(context.key().key, value, cause);
    }

    /** Returns the failure of a user's function that may have emitted: the slot has moved on. */
    protected final StepFailure failure(Object key, Object value, Throwable cause) {
        return new StepFailure(context.step(), key, value, cause);
    }

    /** Returns the cause to report if a user's function returned null for a record. */
    protected static NullPointerException nullResult() {
        return new NullPointerException("the function returned null: a record must not be null");
    }
}
