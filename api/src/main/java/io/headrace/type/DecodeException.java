package io.headrace.type;

/** Bytes are not what they should be. The message says what was found and what was expected. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link Throwable#getMessage()}. */
    public DecodeException(String message) {
        super(message);
    }

    /** Creates the exception with the failure that shows it. */
    public DecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
