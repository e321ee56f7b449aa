package io.headrace.kernel.chain;

/**
 * A sink failed. An {@code Error}, so that no function that emitted the record takes it for its
 * own; the host unwraps it.
 */
public final class SinkFailure extends Error {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    /** Carries what the sink threw. */
    public SinkFailure(RuntimeException failure) {
        super(failure);
        this.failure = failure;
    }

    /** Returns what the sink threw. */
    public RuntimeException failure() {
        return failure;
    }
}
