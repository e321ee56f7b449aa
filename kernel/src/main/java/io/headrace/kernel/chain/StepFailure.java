package io.headrace.kernel.chain;

/**
 * A user's function failed. An {@code Error}, so that no other step's function catches it on its
 * way through the chain.
 */
public final class StepFailure extends Error {
    private static final long serialVersionUID = 1L;

    /** Bounds what a message shows of a record. */
    static final int RECORD_CHARS_MAX = 500;

    private final String step;

    /**
     * Creates the failure.
     *
     * @param step the name of the step
     * @param key the key at hand, or null
     * @param record what the function was given, or null
     */
    public StepFailure(String step, Object key, Object record, Throwable cause) {
        super(message(step, key, record, cause), cause);
        this.step = step;
    }

    /** Returns the name of the step. */
    public String step() {
        return step;
    }

    private static String message(String step, Object key, Object record, Throwable cause) {
        StringBuilder text = new StringBuilder("step ").append(step).append(" failed: ");
        text.append(cause.getClass().getName()).append(": ").append(cause.getMessage());
        if (key != null) {
            text.append("; key ").append(shown(key));
        }
        if (record != null) {
            text.append("; record ").append(shown(record));
        }
        return text.toString();
    }

    private static String shown(Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException broken) {
            return value.getClass().getName() + ", whose toString fails";
        }
        return text.length() <= RECORD_CHARS_MAX ? text : text.substring(0, RECORD_CHARS_MAX) + "…";
    }
}
