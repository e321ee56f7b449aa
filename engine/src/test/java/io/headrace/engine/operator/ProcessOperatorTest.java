package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.engine.operator.OperatorHost.Emitted;
import io.headrace.function.Context;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessOperatorTest {
    private static OperatorHost host(
            Factory<? extends ProcessFunction<String, Event, String>> supplier) {
        Pipeline pipeline = Pipeline.create("process");
        DataStream<String> results =
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class))
                        .process("function", supplier);
        return new OperatorHost(pipeline, results, "function");
    }

    /** Sets the timer that the value names, to the time of the record + 10. */
    static final class Timers extends ProcessFunction<String, Event, String> {
        private final Timer second = eventTimeTimer("declared-first");
        private final Timer first = eventTimeTimer("declared-second");
        private final Timer wall = processingTimeTimer("wall");
        private final ValueState<Long> last = valueState("last", Long.class);
        private final Side<String> side = sideOutput(Side.of("late", String.class));

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            switch ((int) event.value()) {
                case 0 -> first.set(event.time() + 10);
                case 1 -> {
                    first.set(event.time() + 10);
                    second.set(event.time() + 10);
                }
                case 2 -> wall.set(context.processingTime() + 10);
                case 3 -> first.clear();
                case 4 -> last.set(event.time());
                case 5 -> last.clear();
                case 6 -> first.set(context.watermark());
                case 7 -> context.emit(side, null);
                case 8 -> context.emit(Side.of("other", String.class), "x");
                default -> throw new IllegalArgumentException("no such case");
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(context.key() + " " + timer + " " + time);
            if (timer.equals("wall")) {
                first.set(time - 2_000_000); // Far before the watermark of the tests.
            }
        }
    }

    @Test
    void firesTimersOfOneTimeInTheOrderOfTheirDeclaration() {
        OperatorHost host = host(Timers::new);
        host.record("a", 5, 1);

        host.watermark(15);

        assertThat(host.emitted)
                .containsExactly(
                        new Emitted("a", "a declared-first 15", 15),
                        new Emitted("a", "a declared-second 15", 15));
        assertThat(host.keys()).isZero();
    }

    @Test
    void firesOnlyTheTimeThatATimerWasSetToLast() {
        OperatorHost host = host(Timers::new);
        host.record("a", 5, 0);
        host.record("a", 30, 0);
        host.record("b", 6, 0);
        host.record("b", 7, 3);

        host.watermark(39);
        List<Object> before = host.values();
        host.watermark(40);

        assertThat(before).isEmpty();
        assertThat(host.values()).containsExactly("a declared-second 40");
    }

    @Test
    void firesATimerAtTheWatermarkInTheSamePassBehindTheWatermark() {
        OperatorHost host = host(Timers::new);
        host.watermark(100);

        host.record("a", 101, 6);

        assertThat(host.emitted).containsExactly(new Emitted("a", "a declared-second 100", 101));
    }

    @Test
    void givesTheSameTimestampsAfterARestore(@TempDir Path directory) {
        OperatorHost host = host(Timers::new);
        host.watermark(100);
        OperatorHost restored = host.restored(directory);

        restored.record("a", 20, 0);

        assertThat(restored.emitted).containsExactly(new Emitted("a", "a declared-second 30", 101));
    }

    @Test
    void firesEventTimersThatAProcessingTimerSetsInTheSamePass() {
        OperatorHost host = host(Timers::new);
        host.watermark(100);
        host.record("a", 200, 2);

        host.processingTime(host.clock.millis + 10);

        assertThat(host.values()).containsExactly("a wall 1000010", "a declared-second -999990");
        assertThat(host.emitted).extracting(Emitted::timestamp).containsExactly(101L, 101L);
    }

    @Test
    void stampsWithTheClockWhileThereIsNoWatermark() {
        OperatorHost host = host(Timers::new);
        host.record("a", 200, 2);

        host.processingTime(1_000_010);

        assertThat(host.emitted.get(0)).isEqualTo(new Emitted("a", "a wall 1000010", 1_000_010));
    }

    @Test
    void firesOverdueProcessingTimersOnceAfterARestore(@TempDir Path directory) {
        OperatorHost host = host(Timers::new);
        host.record("a", 200, 2);
        OperatorHost restored = host.restored(directory);

        restored.processingTime(9_000_000);
        restored.processingTime(9_000_001);

        assertThat(restored.values()).containsExactly("a wall 1000010");
    }

    @Test
    void dropsAndCountsProcessingTimersAtTheEnd() {
        OperatorHost host = host(Timers::new);
        host.record("a", 200, 2);
        host.record("b", 200, 2);
        host.record("a", 200, 0);

        host.end();

        assertThat(host.values()).containsExactly("a declared-second 210");
        assertThat(host.counters().droppedTimers).isEqualTo(2);
        assertThat(host.keys()).isZero();
    }

    @Test
    void removesAKeyWhoseStateWasCleared() {
        OperatorHost host = host(Timers::new);
        host.record("a", 1, 4);
        long before = host.keys();

        host.record("a", 2, 5);

        assertThat(before).isEqualTo(1);
        assertThat(host.keys()).isZero();
    }

    @Test
    void refusesNullAndUndeclaredSideOutputs() {
        OperatorHost host = host(Timers::new);

        assertThatThrownBy(() -> host.record("a", 1, 7))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("must not be null");
        assertThatThrownBy(() -> host.record("a", 1, 8))
                .hasMessageContaining("side output other was not declared");
    }

    @Test
    void namesItsOwnKeyThoughTheSlotHasMovedOn() {
        OperatorHost host = host(FailsBehindEmit::new);
        host.slotMovesTo("another");

        assertThatThrownBy(() -> host.record("a", 1, 42))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("key a;")
                .hasMessageContaining("value=42");
    }

    /** Emits, and then fails. */
    static final class FailsBehindEmit extends ProcessFunction<String, Event, String> {
        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            out.emit("x");
            throw new IllegalStateException("behind emit");
        }
    }
}
