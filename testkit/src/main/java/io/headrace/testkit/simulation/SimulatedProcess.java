package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.connector.ConnectorException;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.FinishedState;
import io.headrace.engine.job.StateDirectory;
import io.headrace.engine.tasklet.Inspector;
import io.headrace.engine.tasklet.Limits;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.kernel.checkpoint.SyncFailedException;
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
    /** Far more than the slowest schedule takes without faults: beyond it, something hangs. */
    private static final long STEPS_MAX = 400_000;

    /** More restarts than a fate has failures. */
    private static final int RESTARTS_MAX = 100;

    private static final long IDLE_JUMP_NANOS_MAX = 1_000_000_000L;

    private final World world;
    private final FaultyStore store;
    private final Fate fate;
    private final Plan plan;
    private List<Tasklet> tasklets = List.of();
    private long steps;
    private int idleSteps;
    private long idleJumpNanos;

    /** How a process ended. */
    enum End {
        /** The job has ended. */
        FINISHED,
        /** It was killed, or stopped because it may not go on. */
        DIED,
        /** The machine died with it. */
        POWER_LOST
    }

    SimulatedProcess(World world, FaultyStore store, Fate fate) {
        this.world = world;
        this.store = store;
        this.fate = fate;
        World.Pacing pacing = world.pacing;
        SimulatedSource.Pace pace =
                new SimulatedSource.Pace(
                        world.random.split(),
                        fate.faults(),
                        pacing.pollMax(),
                        pacing.pauses(),
                        pacing.rounds());
        this.plan =
                Plan.of(
                        world.workload.graph(
                                pace,
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
            runJob();
            return End.FINISHED;
        } catch (PowerLostException lost) {
            world.trace.line(lost.getMessage());
            return End.POWER_LOST;
        } catch (SyncFailedException refused) {
            world.trace.line(refused.getMessage());
            return End.POWER_LOST; // What the device did not take is lost.
        } catch (ProcessDied died) {
            world.trace.line(died.getMessage());
            return End.DIED;
        } catch (IOException full) {
            world.trace.line("not started: " + full);
            return End.DIED;
        } finally {
            fate.faults().end();
        }
    }

    /** Returns what still runs after a death. */
    List<Tasklet> tasklets() {
        return tasklets;
    }

    private void runJob() throws IOException {
        StateDirectory state = StateDirectory.open(store, "another process", () -> World.LINEAGE);
        Restored restored = newest(state);
        for (int restarts = 0; !finished(state, restored); restarts++) {
            require(restarts < RESTARTS_MAX, "the job was restarted %d times", restarts);
            restored = newest(state);
        }
        state.close();
    }

    private Restored newest(StateDirectory state) throws IOException {
        Restored restored = state.newest().orElse(null);
        world.oracle.found(restored);
        return restored;
    }

    /** Runs an execution; returns whether the job has ended, or has to go on after a failure. */
    private boolean finished(StateDirectory state, Restored restored) throws IOException {
        try {
            if (restored != null && restored.manifest().head().finished() && tasklets.isEmpty()) {
                settle(state, restored);
            } else {
                run(state, restored);
            }
            return true;
        } catch (ConnectorException failed) {
            if (!failed.retryable()) {
                throw new SimulationFailure("the job was stopped: " + failed.getMessage(), failed);
            }
            world.trace.line("restart: " + failed.getMessage());
        } catch (UncheckedIOException failed) {
            world.trace.line("restart: " + failed.getMessage());
        }
        return false;
    }

    private void settle(StateDirectory state, Restored restored) {
        world.trace.line("settles checkpoint " + restored.manifest().head().epoch());
        var metrics =
                FinishedState.settle(
                        plan.graph(), restored, state.lineage(), state.owner(), state.progress());
        world.oracle.cut(plan.graph(), restored.manifest());
        world.oracle.end(metrics, world.recoveries);
    }

    private void run(StateDirectory state, Restored restored) throws IOException {
        long replayedBefore = state.progress().get(1);
        SteppedExecution execution =
                SteppedExecution.create(
                        plan,
                        state,
                        restored,
                        new SteppedExecution.Setting(
                                world.clock,
                                world.pacing.intervalNanos(),
                                Limits.STANDARD,
                                Inspector.NONE));
        if (restored != null) {
            world.recoveries++;
            world.reads.requireBounded(state.progress().get(1) - replayedBefore);
        }
        Coordinator coordinator = execution.coordinator();
        tasklets = execution.tasklets();
        try {
            coordinator.recover(restored);
            if (restored != null) {
                world.trace.line("recovered checkpoint " + restored.manifest().head().epoch());
                world.oracle.cut(plan.graph(), restored.manifest());
            }
            drive(coordinator);
        } catch (ConnectorException | UncheckedIOException failed) {
            execution.close();
            throw failed;
        }
        world.oracle.end(coordinator.metrics(List.of()), world.recoveries);
    }

    private void drive(Coordinator coordinator) {
        Scheduler scheduler = Scheduler.of(tasklets.size(), world.random);
        world.reads = new ReadLog(world, !scheduler.fair() || fate.roomAtStep() < Long.MAX_VALUE);
        world.reads.read(coordinator.recordsRead());
        Coordinator.Completed seen = null;
        while (coordinator.phase() == Coordinator.Phase.RUNNING) {
            if (steps == fate.killedAtStep()) {
                throw new ProcessDied("after " + steps + " steps");
            }
            require(steps < STEPS_MAX, "the job has not ended after %d steps", steps);
            if (steps == fate.roomAtStep()) {
                store.freeSpace();
            }
            int index = scheduler.next();
            boolean worked = tasklets.get(index).step();
            scheduler.ran(index, worked);
            world.reads.read(coordinator.recordsRead());
            world.trace.step(index, worked, store.operations());
            pass(worked);
            if (coordinator.completed() != seen) {
                seen = coordinator.completed();
                world.trace.line("completed checkpoint " + seen.ordinal());
                world.oracle.cut(plan.graph(), seen.stored().manifest());
            }
        }
    }

    /** Lets time pass, and others act. */
    private void pass(boolean worked) {
        steps++;
        long nanos = 1 + world.random.nextLong(world.pacing.stepNanos());
        world.clock.advance(nanos);
        world.workedNanos += nanos;
        if (worked) {
            idleSteps = 0;
            idleJumpNanos = world.pacing.stepNanos();
        } else if (++idleSteps > 3 * tasklets.size()) {
            world.clock.advance(idleJumpNanos);
            idleJumpNanos = Math.min(idleJumpNanos * 2, IDLE_JUMP_NANOS_MAX);
        }
        if (world.zombie != null && world.random.nextInt(3) == 0 && !world.zombie.step()) {
            world.trace.line("the zombie is gone");
            world.zombie = null;
        }
        if (world.random.nextInt(500) == 0) {
            for (TargetTable table : world.tables.values()) {
                if (table.deliver()) {
                    world.trace.line("a late commit came to " + table.name());
                }
            }
        }
    }
}
