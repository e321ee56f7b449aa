package io.headrace.function;

/**
 * What a process function can ask about the record or timer at hand. Valid during one call.
 *
 * @param <K> the key
 */
public interface Context<K> {
    /** Returns the key of the record or timer. */
    K key();

    /**
     * Returns the timestamp of the record, or the one that emitted values will have in a timer, in
     * milliseconds since 1970-01-01T00:00Z.
     */
    long timestamp();

    /**
     * Returns the watermark of the step: no record with this or a smaller timestamp will come that
     * is not late. {@link Long#MIN_VALUE} before the first.
     */
    long watermark();

    /**
     * Returns the runner's clock, in milliseconds since 1970-01-01T00:00Z. In a function whose keys
     * expire it stands still during one call, so that it fits what the function sees.
     */
    long processingTime();

    /** Emits a value to a side output that the function declared with {@code sideOutput}. */
    <S> void emit(Side<S> side, S value);
}
