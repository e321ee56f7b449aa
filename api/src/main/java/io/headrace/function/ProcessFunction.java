package io.headrace.function;

/**
 * A step with state and timers of its own, one key at a time.
 *
 * <p>State, timers and side outputs are declared as fields, so that a runner knows them before the
 * first record:
 *
 * <pre>{@code
 * final class Repeats extends ProcessFunction<String, Payment, Alert> {
 *     private final ValueState<Payment> last = valueState("last", Payment.class);
 *     private final Timer forget = eventTimeTimer("forget");
 *
 *     public void process(Payment payment, Context<String> context, Output<Alert> out) {
 *         if (payment.equals(last.get())) {
 *             out.emit(Alert.repeated(payment));
 *         }
 *         last.set(payment);
 *         forget.set(context.timestamp() + 60_000);
 *     }
 *
 *     public void onTimer(String timer, long time, Context<String> context, Output<Alert> out) {
 *         last.clear();
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> A runner creates one object per subtask, and one more when the pipeline is
 * built, and calls it from one thread at a time. <b>Order.</b> Records of a key come in the order
 * of their arrival; timers fire when the watermark has reached their time, per key in the order of
 * time, ties in the order of declaration.
 *
 * @param <K> the key
 * @param <T> the values that come in
 * @param <R> the values that go out
 */
public abstract non-sealed class ProcessFunction<K, T, R> extends StatefulFunction<K, R> {
    /**
     * Processes one record.
     *
     * @param value not null
     * @param context valid during this call only
     * @param out valid during this call only
     */
    public abstract void process(T value, Context<K> context, Output<R> out) throws Exception;

    @Override
    @SuppressWarnings("unchecked") // A stream gives its function only what the compiler let pass.
    public final void processInput(int input, Object value, Context<K> context, Output<R> out)
            throws Exception {
        process((T) value, context, out);
    }
}
