package io.headrace.function;

import java.io.Serializable;

/**
 * A function of three values.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <R> the result
 */
@FunctionalInterface
public interface Fn3<A, B, C, R> extends Serializable {
    /** Returns the result for three values. None is null unless the caller says so. */
    R apply(A first, B second, C third) throws Exception;
}
