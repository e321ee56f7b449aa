package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.graph.Graph;
import io.headrace.testkit.FaultyStore;
import io.headrace.testkit.SteppedExecution;
import java.util.List;

/** Steps one execution until it ends, fails or is killed, in place of its threads. */
final class Stepping {
    /** Several times what the slowest of 100,000 schedules takes: beyond it, something hangs. */
    private static final long STEPS_MAX = 2_000_000;

    private static final long IDLE_JUMP_NANOS_MAX = 50_000_000L;

    private final World world;
    private final FaultyStore store;
    private final Fate fate;
    private final Coordinator coordinator;
    private final List<Tasklet> tasklets;
    private long steps;
    private int idleSteps;
    private long idleJumpNanos;

    /**
     * Steps nothing yet.
     *
     * @param steps how many the process has taken before
     */
    Stepping(World world, FaultyStore store, Fate fate, SteppedExecution execution, long steps) {
        this.world = world;
        this.store = store;
        this.fate = fate;
        this.coordinator = execution.coordinator();
        this.tasklets = execution.tasklets();
        this.steps = steps;
    }

    /** Returns how many steps the process has taken. */
    long steps() {
        return steps;
    }

    void drive(Graph graph) {
        Scheduler scheduler = Scheduler.of(tasklets.size(), world.random);
        boolean heldUp = fate.holdsUpCheckpoints() || world.workload.shape().delaysBarriers();
        Cadence cadence = new Cadence(world.pacing, scheduler.fair() && !heldUp);
        Errands errands = new Errands(world, store, fate.wishes(), coordinator);
        Coordinator.Completed seen = null;
        while (coordinator.phase() == Coordinator.Phase.RUNNING) {
            if (steps == fate.killedAtStep()) {
                throw new ProcessDied("after " + steps + " steps");
            }
            require(steps < STEPS_MAX, "the job has not ended after %d steps", steps);
            if (steps == fate.roomAtStep()) {
                store.freeSpace();
            }
            errands.before(steps);
            int index = scheduler.next();
            boolean worked = tasklets.get(index).step();
            scheduler.ran(index, worked);
            world.recordsRead = coordinator.recordsRead();
            world.trace.step(index, worked, store.operations());
            pass(worked);
            boolean completed = coordinator.completed() != seen;
            if (completed) {
                seen = coordinator.completed();
                world.trace.line("completed checkpoint " + seen.ordinal());
                world.oracle.cut(graph, seen.stored().manifest());
                errands.completed(seen, steps);
            }
            cadence.step(world.workedNanos, world.recordsRead, completed);
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
