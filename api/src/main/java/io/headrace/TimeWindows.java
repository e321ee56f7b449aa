package io.headrace;

import java.time.Duration;

/**
 * Windows of event time of one size, of which one begins with every slide, counted from
 * 1970-01-01T00:00Z. Made by {@link Windows}.
 *
 * @param size how long each window is
 * @param slide from the start of one to the start of the next; the size if they do not overlap
 * @param offset by how much each window starts later; from zero to less than the slide
 */
public record TimeWindows(Duration size, Duration slide, Duration offset) implements Windows {
    /** The most windows that a record is in: each costs work at each firing. */
    static final long WINDOWS_PER_RECORD_MAX = 100_000;

    /** Checks size, slide and offset. */
    public TimeWindows {
        long sizeMillis = Names.positiveMillis("the size of a window", size);
        long slideMillis = Names.positiveMillis("the slide of a window", slide);
        if (slideMillis > sizeMillis) {
            throw new IllegalArgumentException(
                    "slide "
                            + slide
                            + " is longer than size "
                            + size
                            + ", records in between would be in no window: filter them out before,"
                            + " or use tumbling windows");
        }
        if (sizeMillis / slideMillis > WINDOWS_PER_RECORD_MAX) {
            throw new IllegalArgumentException(
                    "each record would be in "
                            + sizeMillis / slideMillis
                            + " windows, the limit is "
                            + WINDOWS_PER_RECORD_MAX
                            + ": take a longer slide than "
                            + slide
                            + ", or lookBack("
                            + size
                            + ")");
        }
        if (offset.isNegative() || offset.compareTo(slide) >= 0) {
            throw new IllegalArgumentException(
                    "offset " + offset + " is not from zero to less than the slide " + slide);
        }
    }

    /** Returns windows of the same size and slide that start later. */
    public TimeWindows offset(Duration later) {
        return new TimeWindows(size, slide, later);
    }
}
