package io.headrace;

import java.time.Duration;

/**
 * Windows of event time that follow each other without gaps, counted from 1970-01-01T00:00Z. Made
 * by {@link Windows}.
 *
 * @param size how long each window is
 * @param offset by how much each window starts later; from zero to less than the size
 */
public record TimeWindows(Duration size, Duration offset) {
    /** Checks size and offset. */
    public TimeWindows {
        Names.positiveMillis("the size of a window", size);
        if (offset.isNegative() || offset.compareTo(size) >= 0) {
            throw new IllegalArgumentException(
                    "offset " + offset + " is not from zero to less than the size " + size);
        }
    }

    /** Returns windows of the same size that start later. */
    public TimeWindows offset(Duration later) {
        return new TimeWindows(size, later);
    }
}
