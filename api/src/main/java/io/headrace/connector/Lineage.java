package io.headrace.connector;

/**
 * One uninterrupted history of checkpoints. A start from a savepoint begins a new one.
 *
 * @param id random, 16 lower-case hexadecimal digits
 * @param parentId the lineage it came from, empty if it started from nothing
 * @param parentEpoch the last epoch it took from its parent, 0 if it started from nothing
 */
public record Lineage(String id, String parentId, long parentEpoch) {
    /** Checks the form of the id: it becomes part of file names. */
    public Lineage {
        if (!id.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException(
                    "a lineage id is 16 lower-case hexadecimal digits, found \"" + id + "\"");
        }
    }
}
