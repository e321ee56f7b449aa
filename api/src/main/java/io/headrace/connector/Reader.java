package io.headrace.connector;

/**
 * Reads the splits that one subtask was given, each in order.
 *
 * <p><b>Threading.</b> A runner calls every method from one thread at a time, so implementations
 * need no locks. <b>Ownership.</b> The runner owns the reader and closes it exactly once.
 *
 * @param <T> the records
 * @param <S> the splits
 * @param <P> a position within a split
 */
public interface Reader<T, S extends Split, P> extends AutoCloseable {
    /** What a poll found out about its split. */
    enum Status {
        /** There may be more at once: poll again. */
        MORE,
        /** All that exists was read; more may come. Only such a split may become idle. */
        CAUGHT_UP,
        /** Nothing could be fetched just now, whether there is more is not known. */
        WAITING,
        /** The split ended: no poll follows. */
        FINISHED
    }

    /**
     * Takes a split.
     *
     * @param position where to go on, or null for the start
     * @throws ConnectorException if the split cannot be opened
     */
    void assign(S split, P position);

    /**
     * Emits the records of a split that are ready now. Must not block; the budget is about 1 ms.
     *
     * @param out valid during this call only
     * @param recordsMax the most records and dead letters to emit, at least 1
     * @throws ConnectorException if the system fails; its {@link ConnectorException#retryable()}
     *     decides whether the job starts again from the last checkpoint or stops
     */
    Status poll(S split, SourceOutput<T> out, int recordsMax);

    /**
     * Decodes input again that was a dead letter of this source before. May read what it needs to
     * understand it, such as a header, and so may block for a moment.
     *
     * @param letter the dead letter, with the whole input
     * @param out takes the record, or the dead letter if it is none now either
     * @return false if this source cannot do that, and then nothing was emitted
     */
    default boolean redrive(DeadLetter letter, SourceOutput<T> out) {
        return false;
    }

    /** Returns the position just after the last record that was emitted, never null. */
    P position(S split);

    /** A checkpoint with this position is durable: an external system may be told. */
    default void committed(S split, P position) {}

    /** Releases everything; may block up to 1 s. */
    @Override
    void close();
}
