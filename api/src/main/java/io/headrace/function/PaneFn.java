package io.headrace.function;

import java.io.Serializable;

/**
 * A function of one result of a window, with its key, its bounds and which firing it is.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the window in the message.
 *
 * @param <K> the key
 * @param <R> the result of the aggregate
 * @param <O> what is made of them
 */
@FunctionalInterface
public interface PaneFn<K, R, O> extends Serializable {
    /** Returns what goes on for one firing of one window of one key. Nothing is null. */
    O apply(K key, TimeWindow window, Pane pane, R result) throws Exception;
}
