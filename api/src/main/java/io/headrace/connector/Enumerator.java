package io.headrace.connector;

import java.util.List;

/**
 * Finds the splits of a source.
 *
 * <p><b>Threading.</b> Called by one thread, not by the threads that process records; may block.
 *
 * @param <S> the splits
 */
public interface Enumerator<S extends Split> extends AutoCloseable {
    /**
     * Returns the splits that were not returned before, in the order in which they are to be handed
     * out. A runner calls it at the start, and now and again while {@link #done()} is false.
     *
     * @throws ConnectorException if the source fails
     */
    List<S> discover();

    /** Returns whether {@link #discover()} will never return another split. */
    boolean done();

    /** Returns which splits were returned, in a form that {@link Source#enumerator} understands. */
    byte[] snapshot();

    /** Releases what it holds. */
    @Override
    default void close() {}
}
