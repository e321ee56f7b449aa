package io.headrace;

/** A job failed and does not try again. The cause is the failure; the message names the step. */
public final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public JobFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
