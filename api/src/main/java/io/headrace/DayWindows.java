package io.headrace;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The days of a time zone, by the rules of the JDK's time-zone data. Made by {@link Windows#days}.
 *
 * <p>A day begins at its start time. Where the clocks skip that time, it begins later by as much as
 * they skip; where they show it twice, the first time.
 *
 * @param zone whose days
 * @param start when a day begins, in whole milliseconds
 */
public record DayWindows(ZoneId zone, LocalTime start) implements Windows {
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** Checks that both are given. */
    public DayWindows {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(start, "start");
        if (start.getNano() % NANOS_PER_MILLI != 0) {
            throw new IllegalArgumentException(
                    "a day begins at whole milliseconds, found " + start);
        }
    }

    /** Returns days that begin at another time, for example {@code LocalTime.of(6, 0)}. */
    public DayWindows startingAt(LocalTime time) {
        return new DayWindows(zone, time);
    }
}
