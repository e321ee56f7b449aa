package io.headrace.connector;

/**
 * Writes the records of one subtask.
 *
 * <p><b>Threading.</b> A runner calls every method from one thread at a time. <b>Ownership.</b> The
 * runner owns the writer and closes it exactly once; what was not named by {@link #prepare} is then
 * dropped.
 *
 * @param <T> the records
 */
public interface SinkWriter<T> extends AutoCloseable {
    /**
     * Writes a record.
     *
     * @param timestampMillis {@link Long#MIN_VALUE} if the record has none
     * @throws ConnectorException if the target fails
     */
    void write(T value, long timestampMillis);

    /**
     * Returns whether it can take another record now. A runner stops taking input while it cannot,
     * and asks again.
     */
    default boolean ready() {
        return true;
    }

    /**
     * Ends the epoch: seals what was written since the last call and names it. An epoch without
     * records has no pieces. What follows belongs to the next epoch; nothing is shared between two.
     *
     * @return false to be called again because the work is not done yet
     * @throws ConnectorException if the target fails
     */
    boolean prepare(PieceOut out);

    /** Releases everything; may block up to 1 s. */
    @Override
    void close();
}
