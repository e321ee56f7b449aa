package io.headrace;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A pipeline that was started.
 *
 * <p>Thread-safe.
 */
public interface Job extends AutoCloseable {
    /** Where a job is in its life. */
    enum Status {
        /** It processes records, or is about to. */
        RUNNING,
        /** It failed and waits before it goes on from its last checkpoint. */
        RESTARTING,
        /** Its input ended and everything is committed. */
        FINISHED,
        /** It was stopped or cancelled; it can go on from its last checkpoint. */
        STOPPED,
        /** It failed and does not try again. */
        FAILED
    }

    /** Returns the name of the pipeline. */
    String name();

    /** Returns where the job is now. */
    Status status();

    /**
     * Waits until the job has ended.
     *
     * @throws JobFailedException if it failed; the cause is the failure
     */
    void await() throws InterruptedException;

    /**
     * Waits until the job has ended, or the time is over.
     *
     * @return whether it has ended
     * @throws JobFailedException if it failed; the cause is the failure
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Takes a last checkpoint, commits it and stops; waits until that is done. A later start goes
     * on there and repeats nothing. Does nothing if the job has ended.
     *
     * @throws JobFailedException if the checkpoint failed: a later start goes on from an older one
     */
    void stop() throws InterruptedException;

    /** Stops as soon as possible, without a checkpoint; waits until all threads have ended. */
    void cancel() throws InterruptedException;

    /**
     * Writes the whole state into a new directory, in the portable format, without stopping.
     *
     * @param directory does not exist yet; its parent does
     * @return the directory
     * @throws JobFailedException if the job has failed
     * @throws IllegalStateException if the job has ended
     */
    Path savepoint(Path directory) throws InterruptedException;

    /** Returns what the job has done so far. */
    JobMetrics metrics();

    /** Cancels the job if it still runs, and waits until all threads have ended. */
    @Override
    void close();
}
