package io.headrace.state;

import java.time.Duration;

/**
 * How long a key is kept after its last record.
 *
 * @param millis at least 1
 * @param domain which clock it follows
 */
public record TimeToLive(long millis, TimeDomain domain) {
    /** The name of the timer that a runner keeps for it, which no other timer may have. */
    public static final String TIMER = "time to live";

    /** Checks that the time is positive. */
    public TimeToLive {
        if (millis < 1) {
            throw new IllegalArgumentException(
                    "a time-to-live is " + millis + " ms, must be at least 1 ms");
        }
    }

    /** Returns a time-to-live of so many whole milliseconds. */
    public static TimeToLive of(Duration duration, TimeDomain domain) {
        return new TimeToLive(duration.toMillis(), domain);
    }

    /** Returns the timer that a runner keeps for it, at the time at which a key expires. */
    public TimerDeclaration timer() {
        return new TimerDeclaration(TIMER, domain);
    }

    /** Returns when a key expires whose last record was at a time; the end of time at most. */
    public long after(long time) {
        long due = time + millis;
        return due < time ? Long.MAX_VALUE - 1 : Math.min(due, Long.MAX_VALUE - 1);
    }
}
