package io.headrace.connector;

/** A part of a source that one reader reads in order: a file, a partition, a shard. Immutable. */
public interface Split {
    /** Returns the identity of the split: unique within its source and the same after a restart. */
    String id();
}
