package io.headrace.function;

import io.headrace.state.DeclaredStates;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides when a window of a key fires. Most need none of their own: see {@code Triggers}.
 *
 * <p>State and timers are declared as fields; each window of each key has its own:
 *
 * <pre>{@code
 * final class OnLarge extends Trigger<Payment> {
 *     private final Timer end = eventTimeTimer("end");
 *
 *     public Result onElement(Payment payment, long timestamp, TriggerContext context) {
 *         end.set(context.window().endMillis() - 1);
 *         return payment.cents() > 100_000 ? Result.FIRE : Result.CONTINUE;
 *     }
 *
 *     public Result onTimer(String timer, long time, TriggerContext context) {
 *         return Result.FIRE;
 *     }
 * }
 * }</pre>
 *
 * <p>What to fire means is the window's: an accumulating one emits the result of all its records, a
 * discarding one that of the records since the pane before. A firing emits nothing if no record has
 * come since the pane before; only the on-time pane of an accumulating window comes all the same.
 * When a window is forgotten and has records that no pane has shown, it fires whatever its trigger
 * says.
 *
 * <p><b>Memory.</b> State and timers of a window are kept until it is forgotten: when the watermark
 * has reached its last millisecond + the allowed lateness. <b>Threading.</b> A runner creates one
 * object per subtask, and one more when the pipeline is built, and calls it from one thread at a
 * time.
 *
 * @param <T> the records
 */
public abstract class Trigger<T> {
    private final DeclaredStates declared = new DeclaredStates();
    private final Map<String, Fn2<?, ?, ?>> reducers = new LinkedHashMap<>();

    /** What a window does. */
    public enum Result {
        /** Nothing. */
        CONTINUE,
        /** It fires. */
        FIRE
    }

    /**
     * A record came into the window, whose result includes it already. Called for each window of
     * the record that is not forgotten.
     *
     * @param value not null
     * @param timestamp of the record, in milliseconds since 1970-01-01T00:00Z
     * @param context valid during this call only
     */
    public abstract Result onElement(T value, long timestamp, TriggerContext context)
            throws Exception;

    /**
     * A timer of the window is due; it is no longer pending. A timer that is set at or before the
     * time of its clock fires at once. Timers of one key fire in the order of time; of equal times,
     * in that of their windows, then of their declaration. At the end of the input timers of event
     * time fire, those of processing time are forgotten with their windows.
     *
     * @param timer the name it was declared with
     * @param time the time it was set to, in milliseconds since 1970-01-01T00:00Z
     * @param context valid during this call only
     */
    public Result onTimer(String timer, long time, TriggerContext context) throws Exception {
        return Result.CONTINUE;
    }

    /**
     * The window has fired and emitted something, for whatever reason. Does nothing unless
     * overridden.
     *
     * @param context valid during this call only
     */
    public void onFired(TriggerContext context) throws Exception {}

    /**
     * Returns whether its state may be merged when sessions become one. False unless overridden;
     * session windows refuse such a trigger when the pipeline is built.
     */
    public boolean merges() {
        return false;
    }

    /**
     * Sessions have become one, or one session has other bounds; {@link #onElement} follows for the
     * record that did it. The new session has the states of all: reducing states are combined in
     * the order of time, other values are those of the earliest session that has one; of each timer
     * it has the earliest time.
     *
     * @param context of the new session, valid during this call only
     */
    public void onMerge(TriggerContext context) throws Exception {}

    /** Declares a state of one value. */
    protected final <V> ValueState<V> valueState(String name, Class<V> type) {
        return declared.value(name, Type.of(type));
    }

    /**
     * Declares a state of one value that added values are combined into.
     *
     * @param reducer combines the value that is there with an added one; must not change either
     */
    protected final <V> ReducingState<V> reducingState(
            String name, Class<V> type, Fn2<? super V, ? super V, ? extends V> reducer) {
        ValueState<V> value = declared.value(name, Type.of(type));
        reducers.put(name, reducer);
        return new ReducedValue<>(name, value, reducer);
    }

    /** Declares a timer of event time. */
    protected final Timer eventTimeTimer(String name) {
        return declared.timer(name, TimeDomain.EVENT_TIME);
    }

    /** Declares a timer of processing time: it fires when the runner's clock reaches its time. */
    protected final Timer processingTimeTimer(String name) {
        return declared.timer(name, TimeDomain.PROCESSING_TIME);
    }

    /** Returns what was declared, in order. For runners. */
    public final DeclaredStates declaredStates() {
        return declared;
    }

    /** Returns what combines states that were declared with a reducer, by name. For runners. */
    public final Map<String, Fn2<?, ?, ?>> reducers() {
        return Collections.unmodifiableMap(reducers);
    }
}
