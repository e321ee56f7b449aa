package io.headrace.kernel.checkpoint;

/**
 * The device refused to make bytes or names durable. What was written before may be lost although
 * it can still be read, and a second sync may succeed without writing it: the job stops and starts
 * again from the newest checkpoint that verifies. Never tried again.
 */
public final class SyncFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param name what could not be made durable
     */
    public SyncFailedException(String name, Throwable cause) {
        super(
                "could not make "
                        + name
                        + " durable: "
                        + cause.getMessage()
                        + "; stop, check the disk, and start again from the newest checkpoint",
                cause);
    }
}
