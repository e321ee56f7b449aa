package io.headrace.testkit.simulation;

import io.headrace.connector.Lineage;
import io.headrace.testkit.FaultyStore;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What outlives the processes of one seed. */
final class World {
    static final Lineage LINEAGE = new Lineage("00000000000000aa", "", 0);

    final SplittableRandom random;
    final VirtualClock clock = new VirtualClock();
    final Trace trace = new Trace();
    final Workload workload;
    final Map<String, TargetTable> tables = new TreeMap<>();
    final Oracle oracle;
    final Pacing pacing;

    /** What is left of a process that does not know that it is dead, or null. */
    Zombie zombie;

    /** The time that steps took. */
    long workedNanos;

    /** What the last execution has read. */
    ReadLog reads;

    /** How many restores the counters should know of. */
    long recoveries;

    /**
     * How fast things are.
     *
     * @param stepNanos the longest a step takes
     */
    record Pacing(long stepNanos, long intervalNanos, int pollMax, int pauses, int rounds) {
        static Pacing draw(SplittableRandom random) {
            long stepNanos = 1_000L << random.nextInt(8);
            return new Pacing(
                    stepNanos,
                    stepNanos * (10L << random.nextInt(9)),
                    4 + random.nextInt(1 << random.nextInt(1, 10)),
                    2 + random.nextInt(1 << random.nextInt(1, 8)),
                    random.nextInt(4) == 0 ? 2 : 1);
        }
    }

    World(long seed) {
        random = new SplittableRandom(seed);
        workload = Workload.draw(random);
        pacing = Pacing.draw(random);
        boolean marked = random.nextBoolean();
        workload.expected()
                .forEach(
                        (sink, expected) ->
                                tables.put(sink, new TargetTable(sink, marked, expected.lines())));
        oracle = new Oracle(workload, tables);
        reads = new ReadLog(this, true);
    }

    /** The machine died: counters are kept or lost as a whole. */
    void forgetRecoveries(FaultyStore store) {
        recoveries = store.counters("progress", 3).get(0);
    }
}
