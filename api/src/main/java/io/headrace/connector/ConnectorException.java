package io.headrace.connector;

/** An external system failed or refused something. The message names values, limit and remedy. */
public final class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    private ConnectorException(String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** A failure that may pass: the job starts again from its last checkpoint. */
    public static ConnectorException retryable(String message, Throwable cause) {
        return new ConnectorException(message, cause, true);
    }

    /** A failure that stays until somebody acts: the job stops. */
    public static ConnectorException fatal(String message, Throwable cause) {
        return new ConnectorException(message, cause, false);
    }

    /** Returns whether trying again may help. */
    public boolean retryable() {
        return retryable;
    }
}
