package io.headrace.function;

import java.io.Serializable;
import java.util.List;

/**
 * A function of all records of a pane, with its key, its bounds and which firing it is.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the window in the message.
 *
 * @param <K> the key
 * @param <T> the records
 * @param <O> what is made of them
 */
@FunctionalInterface
public interface PaneProcessFn<K, T, O> extends Serializable {
    /**
     * Emits any number of values for one firing of one window of one key. Nothing is null.
     *
     * @param values the records in the order in which they came; to be read during this call only
     */
    void process(K key, TimeWindow window, Pane pane, List<T> values, Output<O> out)
            throws Exception;
}
