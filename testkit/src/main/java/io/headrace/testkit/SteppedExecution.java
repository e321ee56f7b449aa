package io.headrace.testkit;

import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.CoordinatorSettings;
import io.headrace.engine.job.Replay;
import io.headrace.engine.job.StateDirectory;
import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Execution;
import io.headrace.engine.tasklet.Inspector;
import io.headrace.engine.tasklet.Limits;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Surroundings;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.Fingerprint;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One execution of a job without its threads: coordinator and subtasks, put together as a job does.
 * Whoever creates it steps the tasklets, in any order, in one thread.
 */
public final class SteppedExecution implements AutoCloseable {
    private final Execution execution;
    private final Coordinator coordinator;
    private final List<Tasklet> tasklets = new ArrayList<>();

    private SteppedExecution(Execution execution, Coordinator coordinator) {
        this.execution = execution;
        this.coordinator = coordinator;
        tasklets.add(coordinator);
        execution.subtasks().forEach(placed -> tasklets.add(placed.subtask()));
    }

    /**
     * What an execution runs in.
     *
     * @param checkpointIntervalNanos between the start of two checkpoints that nobody asked for
     */
    public record Setting(
            Clock clock,
            long checkpointIntervalNanos,
            Limits limits,
            OperatorClasses classes,
            Inspector inspector) {}

    /**
     * Builds an execution. Before its first step the caller has the coordinator recover.
     *
     * @param state where its checkpoints are; stays open
     * @param restored where to go on, or null for a new job
     * @throws IOException if the checkpoint cannot be read
     */
    public static SteppedExecution create(
            Plan plan, StateDirectory state, Restored restored, Setting setting)
            throws IOException {
        Signal signal = new Signal();
        Execution execution =
                Execution.create(
                        plan,
                        new Surroundings(
                                setting.clock(),
                                List.of(signal),
                                signal,
                                state.lineage(),
                                state.owner(),
                                Path.of("pieces"),
                                setting.limits(),
                                setting.classes(),
                                setting.inspector()),
                        restored);
        try {
            if (restored != null) {
                Replay.countRecovery(state.progress(), plan.graph(), restored.manifest());
            }
            CoordinatorSettings settings =
                    new CoordinatorSettings(
                            state.checkpoints(),
                            state.progress(),
                            setting.clock(),
                            setting.checkpointIntervalNanos(),
                            state.lineage(),
                            state.owner(),
                            Fingerprint.of(plan.graph()),
                            lateRecords -> {},
                            List.of());
            return new SteppedExecution(execution, new Coordinator(execution, settings, restored));
        } catch (RuntimeException failed) {
            execution.closeAfter(failed);
            throw failed;
        }
    }

    /** Returns the coordinator; {@link Coordinator#recover} comes before the first step. */
    public Coordinator coordinator() {
        return coordinator;
    }

    /** Returns all that is to be stepped: the coordinator first, then the subtasks. */
    public List<Tasklet> tasklets() {
        return List.copyOf(tasklets);
    }

    /** Closes the subtasks, and the coordinator even if that fails. */
    @Override
    public void close() {
        try {
            execution.close();
        } finally {
            coordinator.close();
        }
    }
}
