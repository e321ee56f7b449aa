package io.headrace.function;

import java.io.Serializable;

/**
 * Chooses the subtask that gets a record.
 *
 * <p>Stateless: one object may be called by several threads at once. What it throws, and a result
 * that is no subtask, fails the job with the step and the record in the message. The same value and
 * the same number of subtasks should always give the same result: after a failure a record may be
 * asked for again.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface Partitioner<T> extends Serializable {
    /**
     * Returns the subtask for a record.
     *
     * @param value not null
     * @param subtasks how many subtasks there are, at least 2
     * @return 0 to {@code subtasks} - 1
     */
    int partition(T value, int subtasks) throws Exception;
}
