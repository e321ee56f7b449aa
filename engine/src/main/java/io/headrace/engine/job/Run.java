package io.headrace.engine.job;

import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Execution;
import io.headrace.kernel.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution with its threads: from one restore until the end or the first failure. The thread
 * that calls {@link #drive} is the coordinator's.
 */
final class Run implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** The coordinator looks around this often while nobody wakes it. */
    private static final long SLEEP_NANOS = 1_000_000;

    /** After this long in one step a user's function is suspected to hang. */
    private static final long STUCK_NANOS = 10_000_000_000L;

    private final String name;
    private final Execution execution;
    private final Coordinator coordinator;
    private final Signal signal;
    private final Clock clock;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long nextStuckCheckNanos;
    private volatile Throwable failure;
    private volatile boolean cancelled;

    Run(
            String name,
            Execution execution,
            Coordinator coordinator,
            List<Signal> signals,
            CoordinatorSide side) {
        this.name = name;
        this.execution = execution;
        this.coordinator = coordinator;
        this.signal = side.signal();
        this.clock = side.clock();
        for (int i = 0; i < signals.size(); i++) {
            workers.add(
                    new Worker(execution.tasklets(i), signals.get(i), side.clock(), this::fail));
        }
    }

    /** What the coordinator's thread uses. */
    record CoordinatorSide(Signal signal, Clock clock) {}

    /** Ends the execution with a failure; the first one counts. Any thread. */
    void fail(Throwable thrown) {
        synchronized (this) {
            if (failure == null) {
                failure = thrown;
            } else {
                failure.addSuppressed(thrown);
            }
        }
        signal.wake();
    }

    /** Steps the coordinator until the execution ends, fails or is cancelled. */
    void drive() {
        for (int i = 0; i < workers.size(); i++) {
            Thread thread = new Thread(workers.get(i), "headrace-" + name + "-worker-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        try {
            while (failure == null && !cancelled && running()) {
                if (!coordinator.step()) {
                    rest();
                }
                reportStuckWorkers();
            }
        } catch (Throwable thrown) { // Storage or a sink failed: the execution ends.
            fail(thrown);
        }
    }

    private boolean running() {
        return coordinator.phase() == Coordinator.Phase.RUNNING;
    }

    private void rest() {
        signal.announce();
        if (failure != null || cancelled || coordinator.step()) {
            signal.cancel();
        } else {
            signal.sleep(SLEEP_NANOS);
        }
    }

    private void reportStuckWorkers() {
        long now = clock.nanos();
        if (now - nextStuckCheckNanos < 0) {
            return;
        }
        nextStuckCheckNanos = now + STUCK_NANOS;
        for (int i = 0; i < workers.size(); i++) {
            if (workers.get(i).stuckNanos(now) > STUCK_NANOS) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement frame : threads.get(i).getStackTrace()) {
                    stack.append(System.lineSeparator()).append("    at ").append(frame);
                }
                LOG.warn(
                        "job {}: a step has been running for more than {} s and holds up the"
                                + " others:{}",
                        name,
                        STUCK_NANOS / 1_000_000_000L,
                        stack);
            }
        }
    }

    /** Lets {@link #drive} return. Any thread. */
    void cancel() {
        cancelled = true;
        signal.wake();
    }

    Throwable failure() {
        return failure;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    /** Stops the threads and closes everything. A failure to close is reported, not thrown. */
    @Override
    public void close() {
        workers.forEach(Worker::stop);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true; // The threads must have ended before anything is closed.
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(execution);
        closeQuietly(coordinator);
    }

    private void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception failed) {
            LOG.warn("job {}: closing failed: {}", name, failed.toString(), failed);
        }
    }
}
