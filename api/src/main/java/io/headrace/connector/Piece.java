package io.headrace.connector;

import java.util.Objects;

/**
 * A part of the output of one epoch, sealed and durable, but not shown yet.
 *
 * @param pending where it is now, in full: another process must be able to find it
 * @param target what it becomes, in full
 * @param length its size in bytes
 * @param sha256 its checksum, 64 lower-case hexadecimal digits
 */
public record Piece(String pending, String target, long length, String sha256) {
    /** Checks that nothing is null or negative. */
    public Piece {
        Objects.requireNonNull(pending, "pending");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(sha256, "sha256");
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + " of piece " + pending);
        }
    }
}
