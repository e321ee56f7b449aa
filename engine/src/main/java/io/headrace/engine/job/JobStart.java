package io.headrace.engine.job;

import io.headrace.Job;
import io.headrace.StateCheck;
import io.headrace.StateRefusedException;
import io.headrace.connector.Lineage;
import io.headrace.engine.coordinator.FinishedState;
import io.headrace.engine.tasklet.Restored;
import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.plan.Fingerprint;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import io.headrace.kernel.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Starts a job on its state: takes the directory, finds the checkpoint, refuses what does not fit.
 *
 * @param directory where state is kept; null keeps none
 * @param savepoint where to start when there is no checkpoint; null starts from nothing
 */
public record JobStart(
        Plan plan, Path directory, Path savepoint, long checkpointIntervalNanos, Clock clock) {
    /** Starts the job. */
    public Job start() throws IOException {
        if (directory == null) {
            return startInMemory();
        }
        Files.createDirectories(directory);
        Restored from = savepoint == null ? null : StateDirectory.savepoint(open(savepoint));
        StateDirectory state =
                StateDirectory.open(open(directory), holder(), () -> firstLineage(from));
        try {
            Restored restored = state.newest().orElse(null);
            if (restored != null && from != null) {
                throw new StateRefusedException(
                        directory
                                + " has a checkpoint already: start without the savepoint to go on"
                                + " there, or choose another state directory");
            }
            Restored start = restored == null ? from : restored;
            if (restored == null && from != null) {
                Compatibility.requireCommitted(from.manifest(), savepoint);
            }
            if (start != null) {
                Compatibility.check(plan.graph(), start.manifest());
                if (start.manifest().head().finished()) {
                    return finished(state, start);
                }
            }
            Path scratch = Files.createDirectories(directory.resolve("pieces"));
            return started(settings(state, start, scratch), start);
        } catch (IOException | RuntimeException | Error failed) {
            state.close();
            throw failed;
        }
    }

    /**
     * Says what {@link #start} would make of the state, and changes nothing.
     *
     * @throws StateRefusedException if the state is in use, damaged, or none
     */
    public StateCheck check() throws IOException {
        Restored start = directory == null ? null : newest();
        if (start == null && savepoint != null) {
            start = StateDirectory.savepoint(open(savepoint));
        }
        return start == null
                ? Compatibility.nothing(plan.graph())
                : Compatibility.compare(plan.graph(), start.manifest());
    }

    private Restored newest() throws IOException {
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try (Store store = open(directory)) {
            return StateDirectory.peek(store, holder()).orElse(null);
        }
    }

    private Job startInMemory() throws IOException {
        if (savepoint != null) {
            throw new IllegalArgumentException(
                    "a savepoint needs a state directory: EmbeddedRunner.with(path).from(…)");
        }
        Path scratch = Files.createTempDirectory("headrace-");
        try {
            return started(settings(null, null, scratch), null);
        } catch (IOException | RuntimeException | Error failed) {
            Scratch.delete(scratch);
            throw failed;
        }
    }

    private Job started(JobSettings settings, Restored restored) throws IOException {
        EmbeddedJob job = new EmbeddedJob(settings, restored);
        job.start();
        return job;
    }

    private JobSettings settings(StateDirectory state, Restored restored, Path scratch) {
        return new JobSettings(
                plan,
                state,
                restored,
                state == null ? firstLineage(null) : state.lineage(),
                state == null ? 1 : state.owner(),
                scratch,
                directory == null ? sample -> {} : new LateRecordFile(directory),
                state == null ? List.of() : redrives(state),
                workers(),
                checkpointIntervalNanos,
                Fingerprint.of(plan.graph()),
                clock);
    }

    private List<Path> redrives(StateDirectory state) {
        return DeadLetterMarker.read(directory, state.lineage().id()).batchFiles(directory);
    }

    /** As many workers as the widest chain has subtasks, at most one per core. */
    private int workers() {
        int widest = plan.chains().stream().mapToInt(PlannedChain::parallelism).max().orElse(1);
        return Math.min(widest, Runtime.getRuntime().availableProcessors());
    }

    private Job finished(StateDirectory state, Restored restored) throws IOException {
        try (state) {
            return new EndedJob(
                    plan.graph().name(),
                    FinishedState.settle(
                            plan.graph(),
                            restored,
                            state.lineage(),
                            state.owner(),
                            state.progress()));
        }
    }

    private static Lineage firstLineage(Restored from) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        return from == null
                ? new Lineage(id, "", 0)
                : new Lineage(
                        id, from.manifest().head().lineage().id(), from.manifest().head().epoch());
    }

    private static String holder() {
        return "process " + ProcessHandle.current().pid();
    }

    private static Store open(Path directory) throws IOException {
        return FileStore.at(directory);
    }
}
