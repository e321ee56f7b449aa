package io.headrace.connector;

import java.util.List;

/**
 * Everything that a sink wrote in one epoch.
 *
 * @param lineage the history the epoch belongs to
 * @param owner the fencing epoch of the process that commits
 * @param epoch the number of the epoch in this sink: 1, 2, 3 … without gaps
 * @param pieces the pieces of all subtasks, in the order of the subtasks; may be empty
 */
public record EpochPieces(Lineage lineage, long owner, long epoch, List<Piece> pieces) {
    /** Copies the list. */
    public EpochPieces {
        pieces = List.copyOf(pieces);
    }
}
