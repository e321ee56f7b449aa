package io.headrace;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The shapes of windows. Windows are of one key each.
 *
 * <p>Windows of event time fire when the watermark has passed them; a split or source that is idle
 * does not hold it back, and the end of the input fires what is left.
 */
public sealed interface Windows
        permits TimeWindows, DayWindows, SessionWindows, CountWindows, GlobalWindows {
    /**
     * Windows of one size that follow each other without gaps or overlap.
     *
     * @param size at least 1 ms
     */
    static TimeWindows tumbling(Duration size) {
        return new TimeWindows(size, size, Duration.ZERO);
    }

    /**
     * Windows of one size, of which one begins with every slide; they overlap, and a record is in
     * each that covers it.
     *
     * @param size at least 1 ms
     * @param slide from 1 ms to the size
     */
    static TimeWindows hopping(Duration size, Duration slide) {
        return new TimeWindows(size, slide, Duration.ZERO);
    }

    /**
     * The days of a time zone: 24 hours long, and 23 or 25 where its clocks are changed.
     *
     * @param zone for example {@code ZoneId.of("Europe/Berlin")}
     */
    static DayWindows days(ZoneId zone) {
        return new DayWindows(zone, LocalTime.MIDNIGHT);
    }

    /**
     * Sessions: a session of a key goes on while each record comes less than the gap after the one
     * before.
     *
     * @param gap at least 1 ms
     */
    static SessionWindows session(Duration gap) {
        return new SessionWindows(gap);
    }

    /**
     * Windows of so many records of a key, in the order of their arrival.
     *
     * @param size at least 1
     */
    static CountWindows count(long size) {
        return new CountWindows(size, size);
    }

    /**
     * For every {@code slide} records of a key, a window of the last {@code size} of them; of
     * fewer, until so many have come.
     *
     * @param size at least 1
     * @param slide from 1 to the size
     */
    static CountWindows slidingCount(long size, long slide) {
        return new CountWindows(size, slide);
    }

    /**
     * One window of all records of a key. It fires at the end of the input, and when a trigger says
     * so.
     */
    static GlobalWindows global() {
        return new GlobalWindows();
    }
}
