package io.headrace.kernel.checkpoint;

import java.util.Objects;

/**
 * A file that belongs to a checkpoint.
 *
 * @param name relative to the directory of the checkpoint
 * @param length in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record FileEntry(String name, long length, String sha256) {
    /** Checks that nothing is null or negative. */
    public FileEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + " of " + name);
        }
    }
}
