package io.headrace.engine.job;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.JobMetrics;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.CoordinatorSettings;
import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Execution;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Surroundings;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
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
    private final CrashLoop crashLoop = new CrashLoop();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> failures = new ArrayList<>();
    private final Object waiting = new Object();
    private volatile Run run;
    private volatile Status status = Status.RUNNING;
    private volatile JobMetrics lastMetrics;
    private volatile JobFailedException failure;
    private volatile boolean cancelled;
    private volatile boolean stopping;

    /** Creates the job and builds its first execution; {@link #start} runs it. */
    public EmbeddedJob(JobSettings settings, Restored restored) throws IOException {
        this.settings = settings;
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
                        settings.scratch());
        Execution execution = Execution.create(settings.plan(), surroundings, restored);
        Coordinator coordinator;
        try {
            if (state != null && restored != null) {
                Replay.countRecovery(
                        state.progress(), settings.plan().graph(), restored.manifest());
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
                                    settings.fingerprint()),
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
            Restored restored = settings.restored();
            while (true) {
                driveOnce(restored);
                Run ran = run;
                if (ran.failure() == null) {
                    end(statusOf(ran), null);
                    return;
                }
                if (!waitForRestart(ran)) {
                    return;
                }
                restored = settings.state().newest().orElse(settings.restored());
                run = createRun(restored);
                if (cancelled) {
                    run.close();
                    end(Status.STOPPED, null);
                    return;
                }
                status = Status.RUNNING;
            }
        } catch (IOException | RuntimeException | Error unexpected) {
            LOG.error("job {} failed", name(), unexpected);
            end(
                    Status.FAILED,
                    new JobFailedException(CrashLoop.message(name(), unexpected), unexpected));
        }
    }

    private void driveOnce(Restored restored) {
        Run ran = run;
        try {
            ran.coordinator().recover(restored);
            clearScratch();
            if (stopping) {
                ran.coordinator().request(Coordinator.Request.STOP);
            }
            if (cancelled) {
                ran.cancel();
            }
            ran.drive();
        } catch (RuntimeException failed) {
            ran.fail(failed);
        } finally {
            ran.close();
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
    private boolean waitForRestart(Run ran) {
        Throwable thrown = ran.failure();
        synchronized (failures) {
            failures.add(thrown.toString());
            if (failures.size() > FAILURES_SHOWN_MAX) {
                failures.remove(0);
            }
        }
        Coordinator.Completed completed = ran.coordinator().completed();
        long checkpoint = completed == null ? -1 : completed.ordinal();
        long delayMillis = settings.state() == null ? -1 : crashLoop.onFailure(thrown, checkpoint);
        if (delayMillis < 0 || cancelled) {
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
        return true;
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
            if (settings.state() != null) {
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
        run.coordinator().request(Coordinator.Request.STOP);
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
        Coordinator coordinator = run.coordinator();
        Coordinator.Completed before = coordinator.completed();
        long ordinal = before == null ? -1 : before.ordinal();
        coordinator.request(Coordinator.Request.CHECKPOINT);
        while (true) {
            Coordinator.Completed now = coordinator.completed();
            if (now != null && now.ordinal() != ordinal) {
                return copy(now.stored(), directory);
            }
            if (ended.await(1, TimeUnit.MILLISECONDS) && coordinator.completed() == before) {
                throwFailure();
                throw new IllegalStateException("job " + name() + " has ended: " + status);
            }
            if (run.coordinator() != coordinator) { // It failed meanwhile, and goes on.
                coordinator = run.coordinator();
                coordinator.request(Coordinator.Request.CHECKPOINT);
            }
        }
    }

    private Path copy(CheckpointDirectory.Stored stored, Path directory) {
        try {
            return Savepoints.copy(settings.state().store(), stored, directory);
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
