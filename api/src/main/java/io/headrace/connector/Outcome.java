package io.headrace.connector;

/** How a commit ended. */
public enum Outcome {
    /** The pieces are shown now. */
    COMMITTED,
    /** They were shown before. */
    ALREADY,
    /** They can never be shown: the job fails, naming the sink, the epoch and the target. */
    LOST
}
