package io.headrace.function;

/**
 * A step with two inputs of one type of key, and state and timers of its own, one key at a time.
 * Both inputs see the same state of their key:
 *
 * <pre>{@code
 * final class Paid extends CoProcessFunction<String, Order, Payment, Receipt> {
 *     private final ValueState<Order> order = valueState("order", Order.class);
 *     private final ValueState<Payment> payment = valueState("payment", Payment.class);
 *
 *     public void processFirst(Order value, Context<String> context, Output<Receipt> out) {
 *         order.set(value);
 *         match(out);
 *     }
 *
 *     public void processSecond(Payment value, Context<String> context, Output<Receipt> out) {
 *         payment.set(value);
 *         match(out);
 *     }
 *
 *     private void match(Output<Receipt> out) {
 *         if (order.get() != null && payment.get() != null) {
 *             out.emit(new Receipt(order.get(), payment.get()));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> A runner creates one object per subtask, and one more when the pipeline is
 * built, and calls it from one thread at a time. <b>Order.</b> Records of a key come in the order
 * of their arrival within each input. Between the inputs no order is promised, and none of them
 * ever waits for the other: a function that needs the other side keeps what came, and decides
 * whatever comes second, or when a timer says that nothing will come any more. <b>Time.</b> The
 * watermark is the smaller one of the two inputs. Timers fire when it has reached their time, per
 * key in the order of time, ties in the order of declaration. <b>Memory.</b> What the function
 * keeps stays until the function clears it.
 *
 * @param <K> the key
 * @param <A> the values of the first input
 * @param <B> the values of the second input
 * @param <R> the values that go out
 */
public abstract non-sealed class CoProcessFunction<K, A, B, R> extends StatefulFunction<K, R> {
    /**
     * Processes one record of the first input.
     *
     * @param value not null
     * @param context valid during this call only
     * @param out valid during this call only
     */
    public abstract void processFirst(A value, Context<K> context, Output<R> out) throws Exception;

    /**
     * Processes one record of the second input.
     *
     * @param value not null
     * @param context valid during this call only
     * @param out valid during this call only
     */
    public abstract void processSecond(B value, Context<K> context, Output<R> out) throws Exception;

    @Override
    @SuppressWarnings("unchecked") // A stream gives its function only what the compiler let pass.
    public final void processInput(int input, Object value, Context<K> context, Output<R> out)
            throws Exception {
        if (input == 0) {
            processFirst((A) value, context, out);
        } else {
            processSecond((B) value, context, out);
        }
    }
}
