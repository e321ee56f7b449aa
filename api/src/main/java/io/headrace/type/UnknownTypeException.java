package io.headrace.type;

/** A type has no schema. Thrown while a pipeline is built, never while it runs. */
public final class UnknownTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param path where the unknown type stands, for example {@code Payment.card.owner: Object}
     * @param fix what to write, for example {@code add @WithCodec(OwnerCodec.class) to Owner}
     */
    public UnknownTypeException(String path, String fix) {
        super(path + ": " + fix);
    }
}
