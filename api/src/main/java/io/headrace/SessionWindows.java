package io.headrace;

import java.time.Duration;

/**
 * Sessions of event time: spans of activity of a key. Made by {@link Windows#session}.
 *
 * <p>A session begins with the time of its first record and ends a gap after that of its last.
 * Records join one session if their times are less than the gap apart; a record that comes between
 * two sessions and is less than the gap away from both makes one of them.
 *
 * @param gap how long a key is quiet between two sessions
 */
public record SessionWindows(Duration gap) implements Windows {
    /** Checks the gap. */
    public SessionWindows {
        Names.positiveMillis("the gap of a session", gap);
    }
}
