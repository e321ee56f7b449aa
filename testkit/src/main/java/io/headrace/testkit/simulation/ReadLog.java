package io.headrace.testkit.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many records were read by when, in one execution. What is read again after a crash was read
 * within two intervals before it, if checkpoints are not held up: one since the last barrier, one
 * for the checkpoint that was under way. Time that jumps while nobody has anything to do is not
 * counted.
 */
final class ReadLog {
    /**
     * So many of the longest steps take a fair scheduler through a checkpoint of the longest
     * pipeline.
     */
    private static final int STEPS_PER_CHECKPOINT = 300;

    private final World world;
    private final TreeMap<Long, Long> readByNanos = new TreeMap<>();
    private final boolean heldUp;

    ReadLog(World world, boolean heldUp) {
        World.Pacing pacing = world.pacing;
        this.world = world;
        this.heldUp = heldUp || pacing.intervalNanos() < pacing.stepNanos() * STEPS_PER_CHECKPOINT;
    }

    /** So many records were read by now; told at the start of an execution too. */
    void read(long records) {
        if (!heldUp && (readByNanos.isEmpty() || readByNanos.lastEntry().getValue() < records)) {
            readByNanos.put(world.workedNanos, records);
        }
    }

    /** Checks how many records are to be read again now. */
    void requireBounded(long replayed) {
        if (heldUp || readByNanos.isEmpty()) {
            return;
        }
        long from = world.workedNanos - 2 * world.pacing.intervalNanos();
        Map.Entry<Long, Long> before = readByNanos.floorEntry(from);
        long within =
                readByNanos.lastEntry().getValue()
                        - (before == null ? readByNanos.firstEntry() : before).getValue();
        SimulationFailure.require(
                replayed <= within,
                "%d records are read again, two intervals before were %d",
                replayed,
                within);
    }
}
