package io.headrace.engine.tasklet;

import java.util.List;

/** What the coordinator tells a subtask. Each kind is handled between two records. */
public sealed interface Command {
    /**
     * Read these splits.
     *
     * @param last whether all splits are assigned with these. In the same command, so that the
     *     watermark of a single split does not depend on when the next command comes
     */
    record Assign(List<AssignedSplit> splits, boolean last) implements Command {
        /** Copies the list. */
        public Assign {
            splits = List.copyOf(splits);
        }
    }

    /** All splits that there are, and for a bounded source will ever be, are assigned. */
    record AllAssigned() implements Command {}

    /**
     * Send the barrier of a checkpoint behind what was read so far. Sources only.
     *
     * @param stops whether to read nothing behind it: the job stops with this checkpoint
     */
    record Barrier(long checkpoint, boolean stops) implements Command {}

    /** A checkpoint is durable and committed. Sources tell their systems. */
    record Committed(long checkpoint) implements Command {}
}
