package io.headrace.function;

import java.io.Serializable;

/**
 * A function of one value.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <T> the argument
 * @param <R> the result
 */
@FunctionalInterface
public interface Fn<T, R> extends Serializable {
    /** Returns the result for a value. Neither is null. */
    R apply(T value) throws Exception;
}
