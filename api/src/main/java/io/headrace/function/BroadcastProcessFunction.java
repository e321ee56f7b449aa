package io.headrace.function;

import io.headrace.state.MapState;
import io.headrace.type.Type;

/**
 * A step whose records see rules that hold for all keys, and that take effect at their own times:
 *
 * <pre>{@code
 * final class Limits extends BroadcastProcessFunction<String, Payment, Limit, Alert> {
 *     private final MapState<String, Limit> limits =
 *             broadcastState("limits", String.class, Limit.class);
 *
 *     public void processControl(Limit limit, ControlContext context) {
 *         limits.put(limit.country(), limit);
 *     }
 *
 *     public void process(Payment payment, Context<String> context, Output<Alert> out) {
 *         Limit limit = limits.get(payment.country());
 *         if (limit != null && payment.amount() > limit.amount()) {
 *             out.emit(new Alert(payment, limit));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Time.</b> A record, or timer, of time t sees exactly the control records of times up to t:
 * it waits until the watermark, the smaller one of both inputs, has reached t. Records of a key
 * come in the order of time, among equal times in the order of their arrival, and before its timers
 * of that time; control records of equal times in the order in which they were dealt out. So what
 * comes out follows from the data alone. What a timer emits has the larger of its time and that of
 * the record that set it. A timer of processing time sees the rules of the moment.
 *
 * <p><b>Late.</b> A record whose time the watermark has reached when it arrives is late, and does
 * not come to the function. A control record that is late takes effect at once: no rule is lost.
 *
 * <p><b>Threading.</b> A runner creates one object per subtask, and one more when the pipeline is
 * built, and calls it from one thread at a time. <b>Memory.</b> Records and control records wait as
 * long as the two inputs are apart in event time. Broadcast state stays until the function removes
 * it, in every subtask, and is written whole with each checkpoint: thousands of entries, not
 * millions.
 *
 * @param <K> the key
 * @param <T> the values that come in
 * @param <C> the control records
 * @param <R> the values that go out
 */
public abstract non-sealed class BroadcastProcessFunction<K, T, C, R>
        extends StatefulFunction<K, R> {
    /**
     * Processes one record. Reads broadcast state; to write it there fails.
     *
     * @param value not null
     * @param context valid during this call only
     * @param out valid during this call only
     */
    public abstract void process(T value, Context<K> context, Output<R> out) throws Exception;

    /**
     * Changes the broadcast state. Every subtask does it for itself, so it must depend on nothing
     * but the control record and the broadcast state. State of a key is not there, and nothing can
     * be emitted: it would come once per subtask.
     *
     * @param control not null
     * @param context valid during this call only
     */
    public abstract void processControl(C control, ControlContext context) throws Exception;

    /** Declares a map that every subtask has whole, written by {@link #processControl} only. */
    protected final <U, V> MapState<U, V> broadcastState(
            String name, Class<U> key, Class<V> value) {
        return broadcastState(name, Type.of(key), Type.of(value));
    }

    /** Declares a broadcast map of generic types. The type of its keys is frozen. */
    protected final <U, V> MapState<U, V> broadcastState(String name, Type<U> key, Type<V> value) {
        return declaredStates().broadcast(name, key, value);
    }

    @Override
    @SuppressWarnings("unchecked") // A stream gives its function only what the compiler let pass.
    public final void processInput(int input, Object value, Context<K> context, Output<R> out)
            throws Exception {
        process((T) value, context, out);
    }
}
