package io.headrace;

import java.time.Duration;

/** The shapes of windows. */
public final class Windows {
    private Windows() {}

    /**
     * Windows of one size that follow each other without gaps or overlap.
     *
     * @param size at least 1 ms
     */
    public static TimeWindows tumbling(Duration size) {
        return new TimeWindows(size, Duration.ZERO);
    }
}
