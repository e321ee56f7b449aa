package io.headrace.function;

import java.io.Serializable;

/**
 * An action on one value, for its side effect.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface Action<T> extends Serializable {
    /** Does something with a value, which is never null. */
    void accept(T value) throws Exception;
}
