package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.testkit.FaultyStore;
import io.headrace.testkit.simulation.SimulatedProcess.End;
import java.io.IOException;

/**
 * One schedule: a job runs until its bounded input has ended, however often its process dies or is
 * stopped; then another job does the same from a savepoint of the first, if one was taken. The same
 * seed always gives the same schedule.
 */
public final class Simulation {
    /** Lives before the last: enough for a crash in the recovery from a crash in a recovery. */
    private static final int DEATHS_MAX = 6;

    /** A fork shows that the savepoint is whole; how jobs die is shown before. */
    private static final int DEATHS_OF_FORK_MAX = 1;

    private final long seed;
    private World world;
    private FaultyStore store;
    private long steps;
    private int deaths;
    private long recoveries;

    /**
     * What a schedule was like.
     *
     * @param traceHash a hash of every step
     * @param deaths how many processes died or were stopped
     */
    public record Result(long traceHash, long steps, int deaths, long recoveries) {}

    private Simulation(long seed) {
        this.seed = seed;
        this.world = new World(seed);
    }

    /**
     * Runs the schedule of a seed.
     *
     * @throws SimulationFailure if something happened that must not; tells the seed and what
     *     happened before
     */
    public static Result run(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            return simulation.run();
        } catch (Exception | Error failed) {
            throw new SimulationFailure(simulation.report(failed), failed);
        }
    }

    private Result run() throws IOException {
        long hash = runToTheEnd(world.random.nextInt(DEATHS_MAX + 1));
        if (world.savepoint != null) {
            world = new World(world);
            hash = 31 * hash + runToTheEnd(world.random.nextInt(DEATHS_OF_FORK_MAX + 1));
        }
        return new Result(hash, steps, deaths, recoveries);
    }

    /** Runs a job from nothing until its input has ended; returns the hash of its steps. */
    private long runToTheEnd(int deathsMax) throws IOException {
        store = new FaultyStore(world.random.nextLong());
        for (int life = 0; ; life++) {
            if (world.random.nextInt(5) == 0) {
                damage();
            }
            Fate fate =
                    life < deathsMax
                            ? Fate.draw(store, world.clock, world.random)
                            : Fate.good(world.random);
            SimulatedProcess process = new SimulatedProcess(world, store, fate);
            End end = process.live();
            require(end != End.REFUSED, "the job was refused");
            if (end == End.FINISHED) {
                steps += world.trace.steps();
                recoveries += world.recoveries;
                return world.trace.hash();
            }
            deaths++;
            bury(process, fate, end);
        }
    }

    private void bury(SimulatedProcess process, Fate fate, End end) {
        boolean powerLost = end == End.POWER_LOST || fate.losesPower();
        if (powerLost) {
            store = store.crash();
            world.trace.line("the machine is back");
            world.forgetRecoveries(store);
        } else {
            store = store.kill();
            world.trace.line("the process is gone");
        }
        if (fate.zombie() && end == End.DIED && !process.tasklets().isEmpty()) {
            world.zombie = new Zombie(process.tasklets(), world.random.split());
        }
    }

    /** Damages what a start needs, if there is something: it must be refused, and then repaired. */
    private void damage() throws IOException {
        Damage damage = Damage.draw(world, store);
        if (damage == null) {
            return;
        }
        world.trace.line(damage.what());
        End end = new SimulatedProcess(world, store, Fate.good(world.random)).live();
        require(end == End.REFUSED, "went on although %s", damage.what());
        store = store.kill();
        damage.repair(store);
        world.trace.line("repaired");
    }

    private String report(Throwable failed) {
        StringBuilder report = new StringBuilder();
        report.append("seed ").append(seed).append(": ").append(failed.getMessage());
        report.append(System.lineSeparator()).append(world.workload.shape());
        report.append(System.lineSeparator()).append(world.pacing);
        for (String line : world.trace.lines()) {
            report.append(System.lineSeparator()).append("  ").append(line);
        }
        return report.toString();
    }
}
