package io.headrace.testkit.simulation;

import io.headrace.connector.Lineage;
import io.headrace.engine.tasklet.Limits;
import io.headrace.testkit.FaultyStore;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What outlives the processes of one seed. */
final class World {
    final Lineage lineage;

    /** What the job starts from if its directory has no checkpoint, or null. */
    final Savepoint start;

    final SplittableRandom random;
    final VirtualClock clock = new VirtualClock();
    final Trace trace = new Trace();
    final Workload workload;
    final Map<String, TargetTable> tables;
    final Oracle oracle;
    final Pacing pacing;

    /** What is left of a process that does not know that it is dead, or null. */
    Zombie zombie;

    /** The time that steps took. */
    long workedNanos;

    /** How many records the last execution had read in the end, and those before it. */
    long recordsRead;

    /** Whether the last process was stopped in good order. */
    boolean stopped;

    /** Whether the execution keeps all checkpoints, because one is to be copied. */
    boolean pinned;

    /** The savepoint that was taken, or null. */
    Savepoint savepoint;

    /** How many restores the counters should know of. */
    long recoveries;

    /**
     * How fast things are.
     *
     * @param stepNanos the longest a step takes
     * @param limits how much the engine does at once
     */
    record Pacing(
            long stepNanos,
            long intervalNanos,
            int pollMax,
            int pauses,
            int rounds,
            Limits limits) {
        static Pacing draw(SplittableRandom random) {
            long stepNanos = 1_000L << random.nextInt(8);
            return new Pacing(
                    stepNanos,
                    stepNanos * (10L << random.nextInt(9)),
                    4 + random.nextInt(1 << random.nextInt(1, 10)),
                    2 + random.nextInt(1 << random.nextInt(1, 8)),
                    random.nextInt(4) == 0 ? 2 : 1,
                    limits(random));
        }

        /** Half of all jobs work in slices of a few keys, and half look keys up together. */
        private static Limits limits(SplittableRandom random) {
            Limits standard = Limits.STANDARD;
            return new Limits(
                    standard.batchesMax(),
                    random.nextBoolean() ? standard.budget() : 16 + random.nextInt(48),
                    random.nextBoolean() ? standard.cachedKeys() : 0);
        }

        /** Returns whether a table takes several steps to be written. */
        boolean slices() {
            return limits.budget() < Limits.STANDARD.budget();
        }
    }

    World(long seed) {
        lineage = new Lineage("00000000000000aa", "", 0);
        start = null;
        random = new SplittableRandom(seed);
        workload = Workload.draw(random);
        pacing = Pacing.draw(random);
        boolean marked = random.nextBoolean();
        tables = new TreeMap<>();
        workload.expected()
                .forEach(
                        (sink, expected) ->
                                tables.put(sink, new TargetTable(sink, marked, expected.lines())));
        oracle = new Oracle(workload, lineage, tables);
    }

    /** What another job finds that starts from the savepoint of a world: targets of its own. */
    World(World original) {
        start = original.savepoint;
        lineage = new Lineage("00000000000000bb", original.lineage.id(), start.head().epoch());
        random = original.random;
        workload = original.workload;
        pacing = original.pacing;
        tables = start.tables();
        oracle = new Oracle(workload, lineage, tables);
        oracle.idled(); // Perhaps, before the savepoint.
        savepoint = start; // One is enough.
    }

    /** Checks how many records are said to be read again, where so many had been read. */
    void requireReplayed(long replayed, long restored) {
        long more = Math.max(0, recordsRead - restored);
        SimulationFailure.require(
                replayed <= (stopped ? 0 : more),
                "%d records are read again, %d had been read%s",
                replayed,
                more,
                stopped ? " before the job was stopped" : "");
        stopped = false;
    }

    /** The machine died: counters are kept or lost as a whole. */
    void forgetRecoveries(FaultyStore store) {
        recoveries = store.counters("progress", 3).get(0);
    }
}
