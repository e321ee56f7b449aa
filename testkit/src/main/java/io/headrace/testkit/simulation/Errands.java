package io.headrace.testkit.simulation;

import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.job.Savepoints;
import io.headrace.testkit.FaultyStore;
import java.io.IOException;
import java.util.Map;

/** What an execution is asked for while it runs, as other threads ask a job: savepoint and stop. */
final class Errands {
    /** Between the answer and the copy the job goes on, and would remove what is to be copied. */
    private static final int COPY_STEPS_MAX = 400;

    private final World world;
    private final FaultyStore store;
    private final Wishes wishes;
    private final Coordinator coordinator;
    private boolean stopAsked;
    private long request;
    private Coordinator.Completed answer;
    private Map<String, TargetTable> tables;
    private long copyAtStep;

    Errands(World world, FaultyStore store, Wishes wishes, Coordinator coordinator) {
        this.world = world;
        this.store = store;
        this.wishes = wishes;
        this.coordinator = coordinator;
    }

    /** A step is about to be taken. */
    void before(long step) {
        if (step == wishes.savepointAtStep() && world.savepoint == null) {
            coordinator.pin();
            world.pinned = true;
            request = coordinator.requestCheckpoint();
            world.trace.line("asks for a savepoint");
        }
        if (answer != null && step >= copyAtStep) {
            copy();
        }
        if (!stopAsked && stops(step)) {
            coordinator.requestStop();
            stopAsked = true;
            world.trace.line("asks to stop");
        }
    }

    private boolean stops(long step) {
        return step >= wishes.stopAtStep()
                || !wishes.bounded() && world.recordsRead == world.workload.size();
    }

    /** A checkpoint was completed. */
    void completed(Coordinator.Completed completed, long step) {
        if (request > 0 && answer == null && completed.answered() >= request) {
            answer = completed;
            tables = TargetTable.forks(world.tables);
            copyAtStep = step + world.random.nextInt(COPY_STEPS_MAX);
        }
    }

    private void copy() {
        FaultyStore target = new FaultyStore(world.random.nextLong());
        try {
            Savepoints.copy(store, answer.stored(), target);
            world.savepoint = new Savepoint(target, answer.stored().manifest().head(), tables);
            world.trace.line("took a savepoint");
        } catch (IOException failed) {
            SimulationFailure.require(
                    store.refusedOpens() > 0, "the savepoint was not copied: %s", failed);
        }
        coordinator.unpin();
        world.pinned = false;
        answer = null;
        request = 0;
    }
}
