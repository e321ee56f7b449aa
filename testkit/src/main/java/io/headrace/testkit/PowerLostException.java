package io.headrace.testkit;

/** The simulated machine lost power: nothing that the running code does counts any more. */
public final class PowerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public PowerLostException(String operation) {
        super("power lost at " + operation);
    }
}
