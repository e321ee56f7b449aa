package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.StateRefusedException;
import io.headrace.connector.ConnectorException;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.FinishedState;
import io.headrace.engine.job.Compatibility;
import io.headrace.engine.job.StateDirectory;
import io.headrace.engine.tasklet.Inspector;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.kernel.checkpoint.SyncFailedException;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.Plan;
import io.headrace.testkit.FaultyStore;
import io.headrace.testkit.PowerLostException;
import io.headrace.testkit.SteppedExecution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One process, from its start until the job has ended or it dies. It puts the parts of the engine
 * together as a job does, and takes the place of its threads: a failure that may pass builds the
 * execution again, from the newest checkpoint.
 */
final class SimulatedProcess {
    /** More restarts than a fate has failures. */
    private static final int RESTARTS_MAX = 100;

    private final World world;
    private final FaultyStore store;
    private final Fate fate;
    private final Plan plan;
    private List<Tasklet> tasklets = List.of();
    private long steps;

    /** How a process ended. */
    enum End {
        /** The job has ended. */
        FINISHED,
        /** It was asked to stop, and did. */
        STOPPED,
        /** It was killed, or stopped because it may not go on. */
        DIED,
        /** The machine died with it. */
        POWER_LOST,
        /** What it found cannot be gone on from. */
        REFUSED
    }

    SimulatedProcess(World world, FaultyStore store, Fate fate) {
        this.world = world;
        this.store = store;
        this.fate = fate;
        World.Pacing pacing = world.pacing;
        if (!fate.wishes().bounded()) {
            world.oracle.idled();
        }
        SimulatedSource.Pace pace =
                new SimulatedSource.Pace(
                        pacing.pollMax(),
                        pacing.pauses(),
                        fate.wishes().bounded() ? pacing.rounds() : 0);
        SimulatedSource.Outside outside =
                new SimulatedSource.Outside(
                        world.random.split(), fate.faults(), world.oracle::durable);
        this.plan =
                Plan.of(
                        world.workload.graph(
                                pace,
                                outside,
                                name ->
                                        new SimulatedSink(
                                                world.tables.get(name),
                                                fate.faults(),
                                                world.random.split()),
                                world.random),
                        1 + world.random.nextInt(3));
    }

    /** Lives; the caller decides whether the machine survives a death. */
    End live() {
        try {
            return runJob();
        } catch (PowerLostException lost) {
            world.trace.line(lost.getMessage());
            return End.POWER_LOST;
        } catch (SyncFailedException refused) {
            world.trace.line(refused.getMessage());
            return End.POWER_LOST; // What the device did not take is lost.
        } catch (ProcessDied died) {
            world.trace.line(died.getMessage());
            return End.DIED;
        } catch (IOException failed) {
            world.trace.line("not started: " + failed);
            return End.DIED;
        } catch (StateRefusedException | ConnectorException refused) {
            world.trace.line("refused: " + refused.getMessage());
            return End.REFUSED;
        } finally {
            fate.faults().end();
        }
    }

    /** Returns what still runs after a death. */
    List<Tasklet> tasklets() {
        return tasklets;
    }

    private End runJob() throws IOException {
        StateDirectory state = StateDirectory.open(store, "another process", () -> world.lineage);
        for (int restarts = 0; ; restarts++) {
            require(restarts < RESTARTS_MAX, "the job was restarted %d times", restarts);
            try {
                End end = runUntilItFails(state, newest(state));
                state.close();
                return end;
            } catch (ConnectorException failed) {
                if (!failed.retryable()) {
                    throw failed;
                }
                world.trace.line("restart: " + failed.getMessage());
            } catch (UncheckedIOException failed) {
                world.trace.line("restart: " + failed.getMessage());
            }
        }
    }

    /** Returns the newest checkpoint, or where a fork starts, or null. */
    private Restored newest(StateDirectory state) throws IOException {
        Restored restored = state.newest().orElse(null);
        world.oracle.found(restored);
        if (restored == null && world.start != null) {
            return StateDirectory.savepoint(world.start.store());
        }
        return restored;
    }

    private End runUntilItFails(StateDirectory state, Restored restored) throws IOException {
        if (restored != null) {
            Compatibility.check(plan.graph(), restored.manifest());
            if (restored.manifest().head().finished() && tasklets.isEmpty()) {
                settle(state, restored);
                return End.FINISHED;
            }
        }
        return run(state, restored);
    }

    private void settle(StateDirectory state, Restored restored) {
        world.trace.line("settles checkpoint " + restored.manifest().head().epoch());
        var metrics =
                FinishedState.settle(
                        plan.graph(), restored, state.lineage(), state.owner(), state.progress());
        world.oracle.cut(plan.graph(), restored.manifest());
        world.oracle.end(metrics, world.recoveries);
    }

    private End run(StateDirectory state, Restored restored) throws IOException {
        long replayedBefore = state.progress().get(1);
        SteppedExecution execution =
                SteppedExecution.create(
                        plan,
                        state,
                        restored,
                        new SteppedExecution.Setting(
                                world.clock,
                                world.pacing.intervalNanos(),
                                world.pacing.limits(),
                                OperatorClasses.SHARED,
                                Inspector.NONE));
        Coordinator coordinator = execution.coordinator();
        if (restored != null) {
            world.recoveries++;
            world.requireReplayed(
                    state.progress().get(1) - replayedBefore, coordinator.recordsRead());
        }
        tasklets = execution.tasklets();
        try {
            coordinator.recover(restored);
            if (restored != null) {
                world.trace.line("recovered checkpoint " + restored.manifest().head().epoch());
                world.oracle.cut(plan.graph(), restored.manifest());
            }
            world.pinned = false;
            Stepping stepping = new Stepping(world, store, fate, execution, steps);
            try {
                stepping.drive(plan.graph());
            } finally {
                steps = stepping.steps();
            }
        } catch (ConnectorException | UncheckedIOException failed) {
            execution.close();
            throw failed;
        }
        return ended(coordinator);
    }

    private End ended(Coordinator coordinator) throws IOException {
        if (coordinator.phase() == Coordinator.Phase.STOPPED) {
            world.stopped = true;
            return End.STOPPED;
        }
        world.oracle.end(coordinator.metrics(List.of()), world.recoveries);
        if (!world.pinned) {
            world.oracle.atRest(store, coordinator.completed().stored());
        }
        return End.FINISHED;
    }
}
