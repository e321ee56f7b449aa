package io.headrace.function;

import java.io.Serializable;

/**
 * A function from one value to any number of values.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <T> the argument
 * @param <R> the results
 */
@FunctionalInterface
public interface FlatMapFn<T, R> extends Serializable {
    /**
     * Emits any number of results for a value.
     *
     * @param out valid during this call only
     */
    void apply(T value, Output<R> out) throws Exception;
}
