package io.headrace.kernel.plan;

/** How the records of an edge find their subtask. */
public enum Partitioning {
    /** Subtask i to subtask i. */
    FORWARD,
    /** By the key group of the key that the next step, a {@code keyBy}, selects. */
    HASH,
    /** By the key group of the range that the next step finds: in the order of ranges. */
    RANGE,
    /** To each subtask in turn. */
    REBALANCE,
    /** To the subtask that the function of the next step, a {@code partitionBy}, chooses. */
    CUSTOM,
    /** To all subtasks. */
    BROADCAST
}
