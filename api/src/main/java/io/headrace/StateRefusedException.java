package io.headrace;

/**
 * There is state, and this job must not use it: it belongs to another pipeline, another process
 * holds it, or it is damaged. The message says which and what to do.
 */
public final class StateRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StateRefusedException(String message) {
        super(message);
    }

    /** Creates the exception with the failure behind it. */
    public StateRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
