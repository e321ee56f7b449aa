package io.headrace.function;

/**
 * Takes what a function emits.
 *
 * @param <R> the values
 */
public interface Output<R> {
    /**
     * Emits a value, with the timestamp of the record or timer that is being processed. Never
     * blocks. The value must not be changed afterwards.
     *
     * @param value not null
     */
    void emit(R value);
}
