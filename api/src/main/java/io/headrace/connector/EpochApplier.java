package io.headrace.connector;

/**
 * Applies epochs to a target that can change its records and a marker together: a database in one
 * transaction, a Kafka topic with the offset of a consumer group, a file with its length.
 *
 * <p><b>Threading.</b> Called by one thread; may block. <b>Order.</b> {@link #fence} first, then
 * the epochs one after the other.
 *
 * @param <T> the records
 */
public interface EpochApplier<T> extends AutoCloseable {
    /**
     * Makes sure that no earlier owner can apply an epoch any more.
     *
     * @return the last epoch of the lineage that the target shows, 0 for none
     * @throws ConnectorException if a later owner has fenced this one
     */
    long fence(Lineage lineage, long owner);

    /**
     * Shows the records of an epoch and moves the marker to it, both or nothing.
     *
     * @param records in the order of the subtasks, and within one in the order of writing; may be
     *     iterated once
     * @throws ConnectorException if the target fails; a retryable failure is tried again
     */
    void apply(Lineage lineage, long epoch, Iterable<T> records);

    /** Releases what it holds. */
    @Override
    default void close() {}
}
