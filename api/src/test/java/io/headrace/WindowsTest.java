package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Side;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Pipeline pipeline = Pipeline.create("p");
    private final KeyedStream<Long, Payment> keyed =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME)).keyBy(Payment::id);

    @Test
    void hoppingWindowsOverlapOrFollowEachOther() {
        assertThat(Windows.hopping(MINUTE, MINUTE)).isEqualTo(Windows.tumbling(MINUTE));
        assertThatThrownBy(() -> Windows.hopping(MINUTE, Duration.ofSeconds(61)))
                .hasMessage(
                        "slide PT1M1S is longer than size PT1M, records in between would be in no"
                                + " window: filter them out before, or use tumbling windows");
        assertThatThrownBy(() -> Windows.hopping(MINUTE, Duration.ZERO))
                .hasMessage("the slide of a window is PT0S, must be at least 1 ms");
        assertThatThrownBy(() -> Windows.hopping(MINUTE, Duration.ofSeconds(10)).offset(MINUTE))
                .hasMessage("offset PT1M is not from zero to less than the slide PT10S");
    }

    @Test
    void aRecordIsInABoundedNumberOfWindows() {
        assertThatThrownBy(() -> Windows.hopping(Duration.ofDays(30), Duration.ofMillis(1)))
                .hasMessage(
                        "each record would be in 2592000000 windows, the limit is 100000:"
                                + " take a longer slide than PT0.001S, or lookBack(PT720H)");
    }

    @Test
    void sessionsCountsAndDaysAreChecked() {
        assertThatThrownBy(() -> Windows.session(Duration.ZERO))
                .hasMessage("the gap of a session is PT0S, must be at least 1 ms");
        assertThatThrownBy(() -> Windows.count(0))
                .hasMessage("the size of a count window is 0, must be at least 1");
        assertThatThrownBy(() -> Windows.slidingCount(3, 4))
                .hasMessage("the slide of a count window is 4, must be from 1 to its size 3");
        assertThatThrownBy(
                        () -> Windows.days(ZoneId.of("UTC")).startingAt(LocalTime.of(6, 0, 0, 1)))
                .hasMessage("a day begins at whole milliseconds, found 06:00:00.000000001");
    }

    @Test
    void latenessBelongsToEventTime() {
        Side<Payment> late = Side.of("late", Payment.class);

        assertThatThrownBy(() -> keyed.window(Windows.count(3)).lateTo(late))
                .hasMessage(
                        "lateTo does not go with CountWindows[size=3, slide=3]:"
                                + " no record is late for them, leave it out");
        assertThatThrownBy(() -> keyed.window(Windows.global()).allowedLateness(MINUTE))
                .hasMessage(
                        "allowedLateness does not go with GlobalWindows[]:"
                                + " no record is late for them, leave it out");
    }
}
