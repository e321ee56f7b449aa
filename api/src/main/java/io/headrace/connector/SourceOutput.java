package io.headrace.connector;

/**
 * Takes what a reader emits for one split.
 *
 * @param <T> the records
 */
public interface SourceOutput<T> {
    /** Emits a record whose timestamp is found by {@link EventTime}. */
    void emit(T value);

    /** Emits a record with the timestamp that its system gave it, in milliseconds since 1970. */
    void emit(T value, long timestampMillis);

    /**
     * Says that all records of this split up to a time were emitted: the watermark of a source
     * whose {@link EventTime} leaves it to the source. Applies behind the records of this poll; a
     * lower one than before is ignored. A split that is idle is so no longer.
     *
     * @param timestampMillis less than {@link Long#MAX_VALUE}, which is for the end of the split
     */
    void watermark(long timestampMillis);

    /**
     * Reports input that is no record. It counts as read.
     *
     * @param position where it stands, for people: a line or an offset
     * @param reason what is wrong, for people
     * @param raw the input as it was, cut to {@link DeadLetter#RAW_BYTES_MAX}
     */
    void deadLetter(String position, String reason, byte[] raw);
}
