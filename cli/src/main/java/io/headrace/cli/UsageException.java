package io.headrace.cli;

/** The command line is wrong. The message says what was found and what to write. */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UsageException(String message) {
        super(message);
    }
}
