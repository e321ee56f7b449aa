package io.headrace.benchmarks;

/**
 * How many rows there were, and a hash of them that does not depend on their order. Two queries
 * with equal checksums gave the same rows, but for an accident of 2^-64.
 *
 * <p>Not thread-safe.
 */
final class Checksum {
    private long count;
    private long hash;

    /** Adds a row by its hash, which {@link Nexmark#mix} must have mixed. */
    void add(long rowHash) {
        count++;
        hash += rowHash;
    }

    /** Adds all rows of another. */
    void add(Checksum other) {
        count += other.count;
        hash += other.hash;
    }

    long count() {
        return count;
    }

    /** Returns the hash as 16 hexadecimal digits. */
    String hash() {
        return String.format("%016x", hash);
    }
}
