package io.headrace.engine.job;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.JobMetrics;
import io.headrace.connector.ConnectorException;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.CoordinatorSettings;
import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Execution;
import io.headrace.engine.tasklet.Inspector;
import io.headrace.engine.tasklet.Limits;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Surroundings;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.function.OperatorClasses;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job in this process. One thread coordinates; after a failure it builds the execution again from
 * the newest checkpoint.
 */
public final class EmbeddedJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);

    /** How many failures the metrics show. */
    private static final int FAILURES_SHOWN_MAX = 20;

    private final JobSettings settings;
    private final OperatorClasses classes;
    private final CrashLoop crashLoop = new CrashLoop();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> failures = new ArrayList<>();
    private final Object waiting = new Object();
    private Restored restored;
    private volatile Run run;
    private volatile Status status = Status.RUNNING;
    private volatile JobMetrics lastMetrics;
    private volatile JobFailedException failure;
    private volatile boolean cancelled;
    private volatile boolean stopping;

    /** Creates the job and builds its first execution; {@link #start} runs it. */
    public EmbeddedJob(JobSettings settings, Restored restored) throws IOException {
        this.settings = settings;
        this.classes = OperatorClasses.ofJob(settings.plan().functionNames());
        this.restored = restored;
        this.run = createRun(restored);
        this.lastMetrics = run.coordinator().metrics(List.of());
    }

    /** Starts the threads. */
    public void start() {
        Thread thread = new Thread(this::runUntilEnd, "headrace-" + name() + "-coordinator");
        thread.start();
    }

    private Run createRun(Restored restored) throws IOException {
        List<Signal> signals =
                IntStream.range(0, settings.workers()).mapToObj(i -> new Signal()).toList();
        Signal signal = new Signal();
        StateDirectory state = settings.state();
        Surroundings surroundings =
                new Surroundings(
                        settings.clock(),
                        signals,
                        signal,
                        settings.lineage(),
                        settings.owner(),
                        settings.scratch(),
                        Limits.STANDARD,
                        classes,
                        Inspector.NONE);
        Execution execution = Execution.create(settings.plan(), surroundings, restored);
        Coordinator coordinator;
        try {
            if (state != null) {
                Replay.countRecovery(
                        state.progress(),
                        settings.plan().graph(),
                        restored == null ? null : restored.manifest());
            }
            coordinator =
                    new Coordinator(
                            execution,
                            new CoordinatorSettings(
                                    state == null ? null : state.checkpoints(),
                                    state == null ? null : state.progress(),
                                    settings.clock(),
                                    settings.checkpointIntervalNanos(),
                                    settings.lineage(),
                                    settings.owner(),
                                    settings.fingerprint(),
                                    settings.lateRecords(),
                                    settings.redrives()),
                            restored);
        } catch (RuntimeException failed) {
            execution.closeAfter(failed);
            throw failed;
        }
        return new Run(
                name(),
                execution,
                coordinator,
                signals,
                new Run.CoordinatorSide(signal, settings.clock()));
    }

    private void runUntilEnd() {
        try {
            do {
                driveOnce();
                if (run.failure() == null) {
                    end(statusOf(run), null);
                    return;
                }
            } while (restart(run));
        } catch (IOException | RuntimeException | Error unexpected) {
            LOG.error("job {} failed", name(), unexpected);
            end(
                    Status.FAILED,
                    new JobFailedException(CrashLoop.message(name(), unexpected), unexpected));
        }
    }

    /**
     * Builds the next execution from the newest checkpoint; an external system that cannot be
     * reached meanwhile is one more failure. Returns false if the job has ended instead.
     */
    private boolean restart(Run failed) throws IOException {
        Coordinator.Completed completed = failed.coordinator().completed();
        long checkpoint = completed == null ? -1 : completed.ordinal();
        Throwable thrown = failed.failure();
        while (waitForRestart(thrown, checkpoint)) {
            restored = settings.state().newest().orElse(settings.restored());
            try {
                run = createRun(restored);
                status = Status.RUNNING;
                return true;
            } catch (ConnectorException unreachable) {
                thrown = unreachable;
                checkpoint = -1;
            }
        }
        return false;
    }

    private void driveOnce() {
        Run ran = run;
        try {
            ran.coordinator().recover(restored);
            clearScratch();
            if (stopping) {
                ran.coordinator().requestStop();
            }
            if (cancelled) {
                ran.cancel();
            }
            ran.drive();
        } catch (RuntimeException failed) {
            ran.fail(failed);
        } finally {
            ran.close();
            ran.coordinator().saveProgress();
            lastMetrics = ran.coordinator().metrics(failuresShown());
        }
    }

    /** What no checkpoint needs any more: all that the restored one names is committed by now. */
    private void clearScratch() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(settings.scratch())) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            LOG.warn(
                    "job {}: {} was not cleared: {}",
                    name(),
                    settings.scratch(),
                    failed.toString());
        }
    }

    private static Status statusOf(Run ran) {
        return ran.coordinator().phase() == Coordinator.Phase.FINISHED
                ? Status.FINISHED
                : Status.STOPPED;
    }

    /** Returns whether to try again; waits before that. */
    private boolean waitForRestart(Throwable thrown, long checkpoint) {
        synchronized (failures) {
            failures.add(thrown.toString());
            if (failures.size() > FAILURES_SHOWN_MAX) {
                failures.remove(0);
            }
        }
        long delayMillis = settings.state() == null ? -1 : crashLoop.onFailure(thrown, checkpoint);
        if (delayMillis < 0) {
            end(Status.FAILED, new JobFailedException(CrashLoop.message(name(), thrown), thrown));
            return false;
        }
        status = Status.RESTARTING;
        LOG.warn(
                "job {} failed and goes on from its last checkpoint in {} ms: {}",
                name(),
                delayMillis,
                thrown.toString(),
                thrown);
        sleep(delayMillis);
        if (cancelled) {
            end(Status.STOPPED, null);
        }
        return !cancelled;
    }

    private void sleep(long millis) {
        synchronized (waiting) {
            try {
                if (!cancelled) {
                    waiting.wait(millis);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end(Status last, JobFailedException why) {
        failure = why;
        status = last;
        try {
            if (settings.state() == null) {
                Scratch.delete(settings.scratch());
            } else {
                settings.state().close();
            }
        } catch (IOException failed) {
            LOG.warn("job {}: the state directory was not closed: {}", name(), failed.toString());
        }
        ended.countDown();
    }

    @Override
    public String name() {
        return settings.plan().graph().name();
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void await() throws InterruptedException {
        ended.await();
        throwFailure();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        boolean over = ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (over) {
            throwFailure();
        }
        return over;
    }

    private void throwFailure() {
        JobFailedException thrown = failure;
        if (thrown != null) {
            throw new JobFailedException(thrown.getMessage(), thrown.getCause());
        }
    }

    @Override
    public void stop() throws InterruptedException {
        stopping = true;
        run.coordinator().requestStop();
        await();
    }

    @Override
    public void cancel() throws InterruptedException {
        requestCancel();
        ended.await();
    }

    private void requestCancel() {
        cancelled = true;
        run.cancel();
        synchronized (waiting) {
            waiting.notifyAll();
        }
    }

    @Override
    public Path savepoint(Path directory) throws InterruptedException {
        if (settings.state() == null) {
            throw new IllegalStateException(
                    "a savepoint needs a state directory: start with EmbeddedRunner.with(path)");
        }
        while (true) {
            Coordinator coordinator = run.coordinator();
            coordinator.pin(); // Before it is asked, so that what it answers stays.
            try {
                Coordinator.Completed completed = nextCheckpoint(coordinator);
                if (completed != null) {
                    return copy(completed.stored(), directory);
                }
            } finally {
                coordinator.unpin();
            }
        }
    }

    /** Returns the next checkpoint of an execution, or null if another one has taken over. */
    private Coordinator.Completed nextCheckpoint(Coordinator coordinator)
            throws InterruptedException {
        long request = coordinator.requestCheckpoint();
        while (run.coordinator() == coordinator) {
            boolean over = ended.await(1, TimeUnit.MILLISECONDS);
            Coordinator.Completed now = coordinator.completed();
            if (now != null && now.answered() >= request) {
                return now;
            }
            if (over) {
                throwFailure();
                throw new IllegalStateException("job " + name() + " has ended: " + status);
            }
        }
        return null;
    }

    private Path copy(CheckpointDirectory.Stored stored, Path directory) {
        try {
            Files.createDirectory(directory);
            try (Store to = FileStore.at(directory)) {
                Savepoints.copy(settings.state().store(), stored, to);
            }
            return directory;
        } catch (IOException failed) {
            throw new JobFailedException(
                    "the savepoint was not written to " + directory + ": " + failed, failed);
        }
    }

    @Override
    public JobMetrics metrics() {
        return ended.getCount() == 0 ? lastMetrics : run.coordinator().metrics(failuresShown());
    }

    private List<String> failuresShown() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    @Override
    public void close() {
        requestCancel();
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
