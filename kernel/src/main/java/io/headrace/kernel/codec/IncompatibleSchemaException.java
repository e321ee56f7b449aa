package io.headrace.kernel.codec;

/** Stored values cannot be read as the type that the program has now. Thrown before a job runs. */
public final class IncompatibleSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param path where the difference is, for example {@code Payment.card}
     * @param old what was written
     * @param now what the program has
     * @param remedy what to write or to do
     */
    public IncompatibleSchemaException(String path, String old, String now, String remedy) {
        super(path + " was stored as " + old + " and is now " + now + ": " + remedy);
    }
}
