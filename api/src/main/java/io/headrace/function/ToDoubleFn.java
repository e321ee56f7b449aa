package io.headrace.function;

import java.io.Serializable;

/**
 * A function from one value to a {@code double}.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws fails the job
 * with the step and the record in the message.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface ToDoubleFn<T> extends Serializable {
    /** Returns a number for a value, which is never null. */
    double applyAsDouble(T value) throws Exception;
}
