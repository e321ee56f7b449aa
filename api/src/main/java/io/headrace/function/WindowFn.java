package io.headrace.function;

import java.io.Serializable;

/**
 * A function of the result of a window, with its key and its bounds.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <K> the key
 * @param <R> the result of the aggregate
 * @param <O> what is made of them
 */
@FunctionalInterface
public interface WindowFn<K, R, O> extends Serializable {
    /** Returns what goes on for the result of one window of one key. Nothing is null. */
    O apply(K key, TimeWindow window, R result) throws Exception;
}
