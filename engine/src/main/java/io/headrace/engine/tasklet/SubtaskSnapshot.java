package io.headrace.engine.tasklet;

import io.headrace.connector.Piece;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.LateRecord;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.time.SplitTime;
import java.util.List;

/**
 * The part of one subtask in one checkpoint: what was true when the barrier passed.
 *
 * @param checkpoint the id of the checkpoint
 * @param steps one entry per operator of the chain
 * @param splits where a source stands in its splits; empty for others
 */
public record SubtaskSnapshot(long checkpoint, List<StepPart> steps, List<SplitPart> splits) {
    /** Copies the lists. */
    public SubtaskSnapshot {
        steps = List.copyOf(steps);
        splits = List.copyOf(splits);
    }

    /**
     * The part of one step.
     *
     * @param step the id of the step
     * @param counters a copy
     * @param pieces what a sink sealed
     * @param lateRecords a sample of those that came since the last barrier
     * @param state null if the step has none
     */
    public record StepPart(
            int step,
            Counters counters,
            List<Piece> pieces,
            List<LateRecord> lateRecords,
            StatePart state) {
        /** Copies the lists. */
        public StepPart {
            pieces = List.copyOf(pieces);
            lateRecords = List.copyOf(lateRecords);
        }
    }

    /**
     * The state of one step.
     *
     * @param schema what it holds
     * @param entries the entries, complete once the snapshot is acknowledged
     * @param broadcast what it keeps without a key, whole; null if nothing
     * @param watermark the watermark of the step
     */
    public record StatePart(
            StepSchema schema,
            KeyGroupBuffers entries,
            KeyGroupBuffers broadcast,
            long watermark) {}

    /**
     * Where a source stands in a split.
     *
     * @param split the connector's split
     * @param position the connector's position
     * @param time how far its time is
     */
    public record SplitPart(Object split, Object position, SplitTime time) {}
}
