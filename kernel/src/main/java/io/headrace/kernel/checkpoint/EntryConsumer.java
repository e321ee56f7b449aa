package io.headrace.kernel.checkpoint;

import io.headrace.type.BytesIn;

/** Takes the entries of a file of state. */
@FunctionalInterface
public interface EntryConsumer {
    /**
     * Takes one entry. The arguments are valid during the call only.
     *
     * @param stateId the index of the state in {@link StepSchema#states()} of the file
     * @param userKey the key inside a map, the name of a timer; null where there is none
     * @throws io.headrace.type.DecodeException if the bytes are not of the schema
     */
    void entry(int group, int stateId, BytesIn key, BytesIn userKey, BytesIn value);
}
