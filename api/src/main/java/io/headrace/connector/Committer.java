package io.headrace.connector;

/**
 * Shows the pieces of an exactly-once sink. There is one per sink and job.
 *
 * <p><b>Threading.</b> Called by one thread, not by the threads that process records; may block.
 * <b>Order.</b> {@link #fence} first; then {@link #commit} for the epochs in their order, without
 * gaps, possibly again for one that was committed before; {@link #recovered} after the pieces of
 * the checkpoint that the job started from.
 */
public interface Committer extends AutoCloseable {
    /** What {@link #fence} returns if the target keeps no marker of its own. */
    long NO_MARKER = -1;

    /**
     * Makes sure that no earlier owner can commit any more.
     *
     * @return the last epoch of the lineage that the target has committed, 0 for none, or {@link
     *     #NO_MARKER} if only the pieces themselves can tell
     * @throws ConnectorException if a later owner has fenced this one
     */
    long fence(Lineage lineage, long owner);

    /**
     * Shows the pieces of an epoch; does nothing if they are shown already.
     *
     * @throws ConnectorException if the target fails; a retryable failure is tried again
     */
    Outcome commit(EpochPieces epoch);

    /**
     * All pieces of the restored checkpoint are committed and no record was written since: what
     * else this lineage left unfinished, by earlier owners or by this one before a restart within
     * the process, is garbage and may be removed.
     */
    default void recovered(Lineage lineage, long owner) {}

    /** Releases everything. */
    @Override
    default void close() {}
}
