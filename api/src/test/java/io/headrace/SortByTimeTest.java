package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Streams that are sorted by event time. */
class SortByTimeTest {
    private final Pipeline pipeline = Pipeline.create("p");
    private final KeyedStream<Long, Payment> keyed =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME)).keyBy(Payment::id);

    @Test
    void theStreamKeepsKeyTypeAndEventTime() {
        KeyedStream<Long, Payment> sorted = keyed.sortByTime("sorted", 10, Overflow.FAIL);

        assertThat(sorted.keyType()).isEqualTo(Type.of(Long.class));
        assertThat(sorted.type()).contains(Type.of(Payment.class));
        assertThat(sorted.deduplicate("once", Payment::id, Duration.ofHours(1))).isNotNull();
    }

    @Test
    void theStepKnowsItsRoomAndWhereLateRecordsGo() {
        Side<Payment> late = Side.of("late", Payment.class);
        keyed.sortByTime("sorted", 10, Overflow.RELEASE_EARLIEST, late);
        pipeline.side(late).forEach(payment -> {});

        Step.SortByTime step =
                pipeline.graph().steps().stream()
                        .filter(Step.SortByTime.class::isInstance)
                        .map(Step.SortByTime.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(step.room())
                .isEqualTo(new Step.SortByTime.Room(10, true, Type.of(Payment.class)));
        assertThat(step.late()).isEqualTo(late);
    }

    @Test
    void refusesBadArguments() {
        assertThatThrownBy(() -> keyed.sortByTime("sorted", 0, Overflow.FAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit of sortByTime is 0, must be at least 1");
        assertThatThrownBy(() -> keyed.sortByTime("sorted", 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("overflow");
        assertThatThrownBy(() -> keyed.sortByTime("sorted", 1, Overflow.FAIL, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("late");
        assertThatThrownBy(() -> keyed.sortByTime(" ", 1, Overflow.FAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a name");
    }

    @Test
    void refusesStreamsWithoutEventTime() {
        KeyedStream<Long, Payment> untimed =
                Pipeline.create("q").readFrom(Described.untimed(Payment.class)).keyBy(Payment::id);

        assertThatThrownBy(() -> untimed.sortByTime("sorted", 1, Overflow.FAIL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sortByTime needs event time");
    }
}
