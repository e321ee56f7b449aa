package io.headrace.engine.job;

import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Execution;
import io.headrace.engine.tasklet.Subtask;
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

    /** A step that does not return holds up the end of a job that is cancelled for so long. */
    static final long ABANDON_MILLIS = 5_000;

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
            long stuckNanos = workers.get(i).stuckNanos(now);
            if (stuckNanos > STUCK_NANOS) {
                LOG.warn(
                        "job {}: {} has not returned for {} s; it holds up checkpoints and what"
                                + " follows it:{}",
                        name,
                        stepOf(i),
                        stuckNanos / 1_000_000_000L,
                        stack(threads.get(i)));
            }
        }
    }

    private String stepOf(int worker) {
        Subtask subtask = execution.tasklets(worker).get(workers.get(worker).current());
        List<String> names =
                subtask.steps().stream()
                        .map(id -> execution.plan().graph().step(id).name())
                        .toList();
        return (names.size() == 1 ? "step " : "one of the steps ") + String.join(", ", names);
    }

    private static String stack(Thread thread) {
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            stack.append(System.lineSeparator()).append("    at ").append(frame);
        }
        return stack.toString();
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

    /**
     * Stops the threads and closes everything. A failure to close is reported, not thrown.
     *
     * <p>The threads must have ended before what they use is closed. A step that never returns is
     * left alone only if the job is cancelled: its thread is a daemon, and what it still holds is
     * not closed. It can make nothing visible, since only the coordinator commits.
     */
    @Override
    public void close() {
        workers.forEach(Worker::stop);
        boolean interrupted = false;
        long endNanos = clock.nanos() + ABANDON_MILLIS * 1_000_000;
        for (int i = 0; i < threads.size(); i++) {
            while (threads.get(i).isAlive() && !(cancelled && clock.nanos() - endNanos > 0)) {
                try {
                    threads.get(i).join(ABANDON_MILLIS / 10);
                    reportStuckWorkers();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (abandoned()) {
            return;
        }
        closeQuietly(execution);
        closeQuietly(coordinator);
    }

    private boolean abandoned() {
        boolean any = false;
        for (int i = 0; i < threads.size(); i++) {
            if (threads.get(i).isAlive()) {
                any = true;
                LOG.error(
                        "job {} ends, though {} has not returned; its thread {} is left behind:{}",
                        name,
                        stepOf(i),
                        threads.get(i).getName(),
                        stack(threads.get(i)));
            }
        }
        return any;
    }

    private void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception failed) {
            LOG.warn("job {}: closing failed: {}", name, failed.toString(), failed);
        }
    }
}
