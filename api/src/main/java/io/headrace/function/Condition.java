package io.headrace.function;

import java.io.Serializable;

/**
 * A test of one value.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <T> the value tested
 */
@FunctionalInterface
public interface Condition<T> extends Serializable {
    /** Returns whether the value, which is never null, is to be kept. */
    boolean test(T value) throws Exception;
}
