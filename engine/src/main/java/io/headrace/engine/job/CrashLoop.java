package io.headrace.engine.job;

import io.headrace.connector.ConnectorException;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.checkpoint.SyncFailedException;

/**
 * Decides whether a job that failed tries again, and when. A failure that comes back the same with
 * no checkpoint in between is not going away: the job stops and names it.
 */
final class CrashLoop {
    /** So often the same failure may come back. */
    static final int SAME_FAILURES_MAX = 3;

    private static final long DELAY_MILLIS_MIN = 100;
    private static final long DELAY_MILLIS_MAX = 30_000;

    private String lastFailure = "";
    private long lastCheckpoint = -1;
    private int same;
    private long delayMillis = DELAY_MILLIS_MIN;

    /**
     * A run has failed.
     *
     * @param checkpoint the newest checkpoint of the run, negative if it completed none
     * @return how long to wait before the next try, or −1 to give up
     */
    long onFailure(Throwable failure, long checkpoint) {
        if (isFinal(failure)) {
            return -1;
        }
        String shown = signature(failure);
        boolean noProgress = checkpoint < 0 || checkpoint == lastCheckpoint;
        if (shown.equals(lastFailure) && noProgress) {
            same++;
            delayMillis = Math.min(delayMillis * 2, DELAY_MILLIS_MAX);
        } else {
            same = 1;
            delayMillis = DELAY_MILLIS_MIN;
        }
        lastFailure = shown;
        lastCheckpoint = noProgress ? lastCheckpoint : checkpoint;
        return same >= SAME_FAILURES_MAX && !mayPass(failure) ? -1 : delayMillis;
    }

    /** Subtasks race for the first failure: the step tells, not which record it was this time. */
    private static String signature(Throwable failure) {
        return failure instanceof StepFailure step
                ? step.step() + ' ' + step.getCause().getClass().getName()
                : failure.toString();
    }

    private static boolean isFinal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SyncFailedException
                    || cause instanceof VirtualMachineError
                    || cause instanceof LinkageError // The JVM remembers what it could not load.
                    || cause instanceof io.headrace.StateRefusedException) {
                return true;
            }
        }
        return failure instanceof ConnectorException connector && !connector.retryable();
    }

    /** An external system may come back however long it takes. */
    private static boolean mayPass(Throwable failure) {
        return failure instanceof ConnectorException connector && connector.retryable();
    }

    /** Says why the job has stopped. */
    static String message(String job, Throwable failure) {
        String repeated =
                failure instanceof StepFailure
                        ? " (it failed "
                                + SAME_FAILURES_MAX
                                + " times in a row; the job can go on from its last checkpoint"
                                + " once the function handles this record)"
                        : "";
        // The message of an error is often a bare name: of the class that was not found.
        String shown = failure instanceof Error ? failure.toString() : failure.getMessage();
        return "job " + job + " failed: " + shown + repeated;
    }
}
