package io.headrace.cli;

import io.headrace.Job;
import io.headrace.JobFailedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for a job in the foreground, and stops it in good order when the process is told to end.
 *
 * <p>At the first Ctrl-C, or a plain kill, the job takes a last checkpoint; then the process ends
 * with the code of the signal, 130 for Ctrl-C. Without that checkpoint the next start goes on from
 * the one before, as after a crash.
 */
public final class JobWatch {
    /** A last checkpoint that takes longer may never come: a function may not return. */
    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    private final Job job;
    private final Console console;
    private final String howToGoOn;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * Creates a watch.
     *
     * @param howToGoOn said once the job was stopped, for example which command goes on
     */
    public JobWatch(Job job, Console console, String howToGoOn) {
        this.job = job;
        this.console = console;
        this.howToGoOn = howToGoOn;
    }

    /**
     * Waits until the job has ended, or until nobody reads the output any more.
     *
     * @param tick how often {@code onTick} is called meanwhile, on this thread
     * @return whether the job has finished its input
     * @throws JobFailedException if the job failed
     */
    public boolean await(Duration tick, Runnable onTick) throws InterruptedException {
        Thread hook = new Thread(this::stop, "headrace-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            boolean ended = false;
            while (!ended && !stopping.get()) {
                ended = job.await(tick);
                if (!stopping.get()) {
                    onTick.run();
                }
                if (!ended && console.readerHasGone()) {
                    job.stop();
                    return false;
                }
            }
            if (stopping.get()) {
                hook.join(); // Whoever waits here would close the job, and cut the checkpoint off.
            }
            return job.status() == Job.Status.FINISHED;
        } finally {
            remove(hook);
        }
    }

    /** Returns whether the process was told to end. */
    public boolean stopping() {
        return stopping.get();
    }

    private void stop() {
        stopping.set(true);
        console.err().println();
        console.err().println("stopping: taking a last checkpoint");
        console.err().flush();
        Thread stopper = new Thread(this::stopJob, "headrace-last-checkpoint");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(STOP_MAX.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            console.err()
                    .println(
                            "the last checkpoint did not come within "
                                    + STOP_MAX.toSeconds()
                                    + " s, a step may not return; ending without it");
        }
        console.err().println(howToGoOn);
        console.err().flush();
    }

    private void stopJob() {
        try {
            job.stop();
        } catch (InterruptedException | RuntimeException failed) {
            console.err().println("the last checkpoint failed: " + failed.getMessage());
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The hook is running; it ends the process.
        }
    }
}
