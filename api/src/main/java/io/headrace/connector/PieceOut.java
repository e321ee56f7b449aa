package io.headrace.connector;

/** Takes the pieces that a writer sealed at the end of an epoch. */
@FunctionalInterface
public interface PieceOut {
    /** Adds a piece. Its bytes must be durable already: written and synced. */
    void add(Piece piece);
}
