package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Pipeline;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.engine.operator.OperatorHost.Emitted;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a process function that expire 100 ms after their last record. */
class KeyExpiryTest {
    private static final long START = 1_000_000;

    /** Sums; a negative value is a timer of event time, one below −1000 of processing time. */
    static final class Sums extends ProcessFunction<String, Event, String> {
        private final Timer event = eventTimeTimer("event");
        private final Timer wall = processingTimeTimer("wall");
        private final ValueState<Long> sum = valueState("sum", Long.class);

        Sums(TimeDomain clock) {
            expireAfter(Duration.ofMillis(100), clock);
        }

        @Override
        public void process(Event record, Context<String> context, Output<String> out) {
            sum.set((sum.get() == null ? 0 : sum.get()) + 1);
            out.emit("sum " + sum.get());
            if (record.value() < -1_000) {
                wall.set(-record.value());
            } else if (record.value() < 0) {
                event.set(-record.value());
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(timer + " sees " + sum.get());
        }

        @Override
        public void onExpiry(Context<String> context, Output<String> out) {
            out.emit("expired with " + sum.get());
            sum.set(-1L);
            event.set(context.timestamp() + 1);
        }
    }

    private static OperatorHost host(TimeDomain clock) {
        Pipeline pipeline = Pipeline.create("expiry");
        return new OperatorHost(
                pipeline,
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class))
                        .process("function", () -> new Sums(clock)),
                "function");
    }

    private final OperatorHost onClock = host(TimeDomain.PROCESSING_TIME);
    private final OperatorHost inEventTime = host(TimeDomain.EVENT_TIME);

    @Test
    void isSeenByARecordBeforeTheSweepComesBy() {
        onClock.record("a", 5, 1);
        onClock.clock.millis = START + 99;
        onClock.record("a", 6, 1);
        onClock.clock.millis = START + 199;

        onClock.record("a", 7, 1);

        assertThat(onClock.values()).containsExactly("sum 1", "sum 2", "expired with 2", "sum 1");
    }

    @Test
    void isSeenByATimerOfEventTimeBeforeTheSweepComesBy() {
        onClock.record("a", 5, -50);
        onClock.clock.millis = START + 100;

        onClock.watermark(50);

        assertThat(onClock.emitted)
                .containsExactly(
                        new Emitted("a", "sum 1", 5),
                        new Emitted("a", "expired with 1", START + 100));
        assertThat(onClock.keys()).isZero();
    }

    @Test
    void isSweptThoughTheKeyNeverComesAgain() {
        for (int i = 0; i < 1_000; i++) {
            onClock.record("k" + i, i, 1);
        }

        onClock.processingTime(START + 100);

        assertThat(onClock.keys()).isZero();
        assertThat(onClock.values()).filteredOn("expired with 1"::equals).hasSize(1_000);
    }

    @Test
    void firesTimersOfItsClockFirstAndDropsWhatIsLater() {
        onClock.record("a", 5, -START - 99);
        onClock.record("b", 5, -START - 101);
        onClock.clock.millis = START + 150;

        onClock.record("a", 6, 1);
        onClock.record("b", 6, 1);
        onClock.processingTime(START + 150);

        assertThat(onClock.values())
                .containsExactly(
                        "sum 1",
                        "sum 1",
                        "wall sees 1",
                        "expired with 1",
                        "sum 1",
                        "expired with 1",
                        "sum 1");
    }

    @Test
    void isOverdueOnceBehindARestore(@TempDir Path directory) {
        onClock.record("a", 5, 1);
        OperatorHost restored = onClock.restored(directory);

        restored.processingTime(START + 99);
        List<Object> before = List.copyOf(restored.values());
        restored.processingTime(START + 5_000);
        restored.processingTime(START + 6_000);

        assertThat(before).isEmpty();
        assertThat(restored.values()).containsExactly("expired with 1");
        assertThat(restored.keys()).isZero();
    }

    @Test
    void countsFromTheLastRecordThoughTheClockWasSetBack() {
        onClock.record("a", 5, 1);
        onClock.clock.millis = START - 1_000;
        onClock.record("a", 6, 1);
        onClock.clock.millis = START - 900;

        onClock.record("a", 7, 1);

        assertThat(onClock.values()).containsExactly("sum 1", "sum 2", "expired with 2", "sum 1");
    }

    @Test
    void isDroppedAndCountedAtTheEndOnTheClock() {
        onClock.record("a", 5, 1);
        onClock.record("b", 5, 1);

        onClock.end();

        assertThat(onClock.values()).containsExactly("sum 1", "sum 1");
        assertThat(onClock.counters().droppedTimers).isEqualTo(2);
    }

    @Test
    void takesTimersOfTheOtherClockWithIt() {
        inEventTime.record("a", 5, -START - 10);

        inEventTime.watermark(105);
        inEventTime.processingTime(START + 10);

        assertThat(inEventTime.values()).containsExactly("sum 1", "expired with 1");
    }
}
