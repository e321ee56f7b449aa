package io.headrace.testkit.simulation;

import io.headrace.testkit.FaultyStore;

/**
 * One schedule: a job runs until its bounded input has ended, however often its process dies. The
 * same seed always gives the same schedule.
 */
public final class Simulation {
    /** Deaths per schedule: enough for a crash in the recovery from a crash in a recovery. */
    private static final int DEATHS_MAX = 6;

    private final long seed;
    private final World world;
    private final int deathsMax;
    private FaultyStore store;

    /**
     * What a schedule was like.
     *
     * @param traceHash a hash of every step
     * @param deaths how many processes died
     */
    public record Result(long traceHash, long steps, int deaths, long recoveries) {}

    private Simulation(long seed) {
        this.seed = seed;
        this.world = new World(seed);
        this.deathsMax = world.random.nextInt(DEATHS_MAX + 1);
        this.store = new FaultyStore(world.random.nextLong());
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

    private Result run() {
        int deaths = 0;
        while (true) {
            Fate fate = deaths < deathsMax ? Fate.draw(store, world.random) : Fate.good();
            SimulatedProcess process = new SimulatedProcess(world, store, fate);
            SimulatedProcess.End end = process.live();
            if (end == SimulatedProcess.End.FINISHED) {
                return new Result(
                        world.trace.hash(), world.trace.steps(), deaths, world.recoveries);
            }
            deaths++;
            bury(process, fate, end);
        }
    }

    private void bury(SimulatedProcess process, Fate fate, SimulatedProcess.End end) {
        boolean powerLost = end == SimulatedProcess.End.POWER_LOST || fate.losesPower();
        if (powerLost) {
            store = store.crash();
            world.trace.line("the machine is back");
            world.forgetRecoveries(store);
        } else {
            store = store.kill();
            world.trace.line("the process is gone");
        }
        if (fate.zombie() && end == SimulatedProcess.End.DIED && !process.tasklets().isEmpty()) {
            world.zombie = new Zombie(process.tasklets(), world.random.split());
        }
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
