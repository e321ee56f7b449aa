package io.headrace.function;

/**
 * A span of event time.
 *
 * @param startMillis the first millisecond that belongs to it, since 1970-01-01T00:00Z
 * @param endMillis the first millisecond that no longer belongs to it
 */
public record TimeWindow(long startMillis, long endMillis) {
    /** Checks that the window is not empty. */
    public TimeWindow {
        if (endMillis <= startMillis) {
            throw new IllegalArgumentException(
                    "a window ends after it starts, found ["
                            + startMillis
                            + ", "
                            + endMillis
                            + ")");
        }
    }
}
