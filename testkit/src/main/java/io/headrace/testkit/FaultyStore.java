package io.headrace.testkit;

/** A store in memory that loses power on demand. */
public final class FaultyStore {
    /** Creates an empty store whose faults follow from the seed. */
    public FaultyStore(long seed) {}
}
