package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.state.AggregatingState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTesterTest {
    private static final Side<Event> LATE = Side.of("late", Event.class);

    record Event(String key, long time, long value) {}

    /** Emits the running sum of a key, and after 10 s without a record that the key is quiet. */
    static final class Sums extends ProcessFunction<String, Event, String> {
        private final ValueState<Long> sum = valueState("sum", Long.class);
        private final Timer quiet = processingTimeTimer("quiet");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            long before = sum.get() == null ? 0 : sum.get();
            sum.set(before + event.value());
            quiet.set(context.processingTime() + 10_000);
            out.emit(context.key() + "=" + sum.get());
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(
                    context.key()
                            + " quiet at "
                            + (context.processingTime() - START.toEpochMilli()));
            sum.clear();
        }
    }

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    private static Event event(String key, long time, long value) {
        return new Event(key, time, value);
    }

    private static DataStream<Event> events(Pipeline pipeline) {
        return pipeline.readFrom(FedSource.of("events", Event.class).eventTimeMillis(Event::time));
    }

    private static Pipeline windows() {
        Pipeline pipeline = Pipeline.create("windows");
        events(pipeline)
                .keyBy(Event::key)
                .window(Windows.tumbling(Duration.ofSeconds(1)))
                .lateTo(LATE)
                .aggregate(
                        "per-second",
                        Aggregates.sumLong(Event::value),
                        (key, window, sum) -> key + "@" + window.startMillis() + "=" + sum)
                .forEach(line -> {});
        return pipeline;
    }

    private static Pipeline sums() {
        Pipeline pipeline = Pipeline.create("sums");
        events(pipeline).keyBy(Event::key).process("sums", Sums::new).forEach(line -> {});
        return pipeline;
    }

    private static String sinkOf(Pipeline pipeline) {
        return pipeline.graph().steps().get(pipeline.graph().steps().size() - 1).name();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void firesWindowsWhenTheTestMovesTheWatermark(int parallelism) {
        Pipeline pipeline = windows();
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(parallelism).start()) {
            var lines = tester.sink(sinkOf(pipeline), String.class);

            tester.source("events")
                    .records(event("a", 10, 1), event("b", 20, 2), event("a", 900, 3));
            lines.expectNothing();
            tester.source("events").watermark(998);
            lines.expectNothing();
            tester.source("events").watermark(999);
            lines.expectInAnyOrder("a@0=4", "b@0=2");
            tester.source("events").records(event("a", 500, 100), event("a", 1_500, 5));
            tester.end();

            lines.expect("a@1000=5");
            tester.side(LATE).expect(event("a", 500, 100));
            assertThat(tester.metrics().step("per-second").late()).isEqualTo(1);
            assertThat(tester.finished()).isTrue();
        }
    }

    @Test
    void givesEveryRecordItsTime() {
        Pipeline pipeline = windows();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").split(0).record(event("a", 10, 1), 4_200);
            tester.end();

            assertThat(tester.sink(sinkOf(pipeline)).emitted())
                    .containsExactly(new Emitted<>("a@4000=1", 4_999));
        }
    }

    @Test
    void holdsTimeBackByTheSlowestSplitThatIsNotIdle() {
        Pipeline pipeline = windows();
        try (PipelineTester tester =
                PipelineTester.of(pipeline).splits("events", 3).parallelism(2).start()) {
            var lines = tester.sink(sinkOf(pipeline), String.class);
            TestSource source = tester.source("events");

            source.split(0).record(event("a", 10, 1)).watermark(5_000);
            source.split(1).record(event("b", 20, 2)).watermark(5_000);
            lines.expectNothing();
            source.split(2).record(event("c", 30, 3)).idle();
            lines.expectInAnyOrder("a@0=1", "b@0=2", "c@0=3");
            source.split(2).record(event("d", 5_500, 4));
            tester.settle();
            source.split(0).watermark(9_000);
            source.split(1).watermark(9_000);
            lines.expectNothing();
            source.split(2).end();

            lines.expect("d@5000=4");
            assertThat(tester.processingTime()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        }
    }

    @Test
    void leavesDefaultsThatFollowFromASourceThatEnds() {
        Pipeline pipeline = Pipeline.create("look-back");
        pipeline.readFrom(FedSource.of("events", Event.class).eventTimeMillis(Event::time).ending())
                .keyBy(Event::key)
                .lookBack(Duration.ofMillis(10))
                .aggregate("counts", Aggregates.count(), (event, counts) -> counts.get(0))
                .forEach(count -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var counts = tester.sink(sinkOf(pipeline), Long.class);

            tester.source("events").records(event("a", 5, 0), event("a", 3, 0));
            counts.expectNothing(); // In the order of time: it has to wait for the watermark.
            tester.source("events").watermark(4);
            counts.expect(1L);
            tester.end();

            counts.expect(2L);
        }
    }

    @Test
    void givesSourcesThatNobodyElseCanRead() {
        FedSource<Event> source = FedSource.of("events", Event.class);

        assertThatThrownBy(() -> source.enumerator(null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("source events can only be fed by a PipelineTester");
    }

    @Test
    void firesProcessingTimersAtTheirOwnMoments() {
        Pipeline pipeline = sums();
        try (PipelineTester tester = PipelineTester.of(pipeline).startingAt(START).start()) {
            var lines = tester.sink(sinkOf(pipeline), String.class);

            tester.source("events").records(event("a", 0, 1));
            tester.advanceProcessingTime(Duration.ofSeconds(4));
            tester.source("events").records(event("b", 0, 1));
            lines.expect("a=1", "b=1");
            tester.advanceProcessingTime(Duration.ofSeconds(60));

            lines.expect("a quiet at 10000", "b quiet at 14000");
            assertThat(tester.processingTime()).isEqualTo(START.plusSeconds(64));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void showsStateAndTimers(int parallelism) {
        try (PipelineTester tester =
                PipelineTester.of(sums())
                        .parallelism(parallelism)
                        .startingAt(Instant.EPOCH)
                        .start()) {
            tester.source("events").records(event("a", 0, 1), event("b", 0, 5), event("a", 0, 2));

            assertThat(tester.state("sums", "a", "sum")).isEqualTo(3L);
            assertThat(tester.state("sums", "b", "sum")).isEqualTo(5L);
            assertThat(tester.state("sums", "nobody", "sum")).isNull();
            assertThat(tester.timer("sums", "b", "quiet")).hasValue(10_000);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tester.state("sums", "a", "total"))
                    .withMessage("step sums has no state total, it has [sum]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tester.state("nothing", "a", "sum"))
                    .withMessage("no step nothing has state: those that have are [sums]");
        }
    }

    @Test
    void showsHowFarTimeHasComeAtAStep() {
        try (PipelineTester tester =
                PipelineTester.of(windows()).splits("events", 2).parallelism(3).start()) {
            tester.source("events").split(0).watermark(70);
            long before = tester.watermark("per-second");
            tester.source("events").split(1).watermark(50);

            assertThat(before).isEqualTo(Long.MIN_VALUE);
            assertThat(tester.watermark("per-second")).isEqualTo(50);
        }
    }

    /** Sets a timer to a time that has passed, again and again. */
    static final class Restless extends ProcessFunction<String, Event, String> {
        private final Timer now = processingTimeTimer("now");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            now.set(context.processingTime());
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            now.set(context.processingTime());
        }
    }

    @Test
    void failsIfThePipelineNeverComesToRest() {
        Pipeline pipeline = Pipeline.create("restless");
        events(pipeline).keyBy(Event::key).process("restless", Restless::new).forEach(line -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).pace(Pace.REFUSING).start()) {
            tester.source("events").records(event("a", 0, 1));

            assertThatThrownBy(tester::settle)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the pipeline does not come to rest");
        }
    }

    /** Keeps what is more than a value. */
    static final class Totals extends ProcessFunction<String, Event, String> {
        private final ReducingState<Long> largest = reducingState("largest", Long.class, Math::max);
        private final AggregatingState<Event, Double> average =
                aggregatingState("average", Aggregates.averageLong(Event::value));
        private final TimeSeries<Long> series = timeSeries("series", Long.class);

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            largest.add(event.value());
            average.add(event);
            series.add(context.timestamp(), event.value());
        }
    }

    @Test
    void showsResultsOfAggregatesAndSeriesByTime() {
        Pipeline pipeline = Pipeline.create("totals");
        events(pipeline).keyBy(Event::key).process("totals", Totals::new).forEach(line -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(event("a", 20, 5), event("a", 10, 2));
            tester.checkpoint();
            tester.restart();

            assertThat(tester.state("totals", "a", "largest")).isEqualTo(5L);
            assertThat(tester.state("totals", "a", "average")).isEqualTo(3.5);
            assertThat(tester.state("totals", "a", "series"))
                    .isEqualTo(List.of(new TimedValue<>(10, 2L), new TimedValue<>(20, 5L)));
            assertThat(tester.state("totals", "b", "average")).isNull();
            assertThat(tester.state("totals", "b", "series")).isEqualTo(List.of());
        }
    }

    @Test
    void showsTheSlicesOfAWindow() {
        try (PipelineTester tester = PipelineTester.of(windows()).start()) {
            tester.source("events").records(event("a", 10, 1), event("a", 20, 2));

            assertThat(tester.state("per-second", "a", "slices"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSize(1);
        }
    }

    @Test
    void goesOnFromItsCheckpointAtAnotherParallelism() {
        Pipeline pipeline = sums();
        try (PipelineTester tester =
                PipelineTester.of(pipeline).parallelism(2).splits("events", 2).start()) {
            var lines = tester.sink(sinkOf(pipeline), String.class);
            TestSource source = tester.source("events");
            source.split(0).record(event("a", 0, 1));
            source.split(1).record(event("b", 0, 10));
            tester.checkpoint();
            source.split(1).record(event("a", 0, 2));
            lines.expectInAnyOrder("a=1", "b=10", "a=3");

            tester.restart(4);
            source.split(0).record(event("b", 0, 20));

            lines.expectInAnyOrder("a=3", "b=30");
            assertThat(lines.byKey(line -> line.charAt(0)))
                    .containsEntry('a', List.of("a=1", "a=3"))
                    .containsEntry('b', List.of("b=10", "b=30"));
            assertThat(tester.metrics().recoveries()).isEqualTo(1);
            assertThat(tester.metrics().replayed()).isEqualTo(1);
        }
    }

    @Test
    void startsFromNothingWithoutACheckpoint() {
        Pipeline pipeline = sums();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(event("a", 0, 1));
            tester.settle();

            tester.restart();

            assertThat(tester.sink(sinkOf(pipeline)).values()).containsExactly("a=1");
        }
    }

    @Test
    void keepsTimeOverARestart() {
        Pipeline pipeline = windows();
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(2).start()) {
            tester.source("events").records(event("a", 10, 1)).watermark(999);
            tester.checkpoint();

            tester.restart();
            tester.source("events").records(event("b", 20, 1));

            tester.side(LATE).expect(event("b", 20, 1));
        }
    }

    @Test
    void hasNothingLeftToDoWhenItIsStartedAfterTheEnd() {
        Pipeline pipeline = sums();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(event("a", 0, 1));
            tester.end();

            tester.restart();

            assertThat(tester.finished()).isTrue();
            assertThat(tester.sink(sinkOf(pipeline)).values()).containsExactly("a=1");
            assertThat(tester.metrics().step("events").in()).isEqualTo(1);
        }
    }

    @Test
    void showsDeadLettersOfSourcesAndKeys() {
        try (PipelineTester tester = PipelineTester.of(sums()).start()) {
            byte[] raw = "?".getBytes(StandardCharsets.UTF_8);
            tester.source("events").split(0).unreadable("line 7", "no comma", raw);
            tester.source("events").records(event(null, 0, 1));

            assertThat(tester.deadLetters().values())
                    .extracting(letter -> letter.step() + ": " + letter.reason())
                    .containsExactlyInAnyOrder("events: no comma", "key-by-1: the key is null");
        }
    }

    @Test
    void failsWithTheStepTheKeyAndTheRecordOfAFunctionThatFails() {
        Pipeline pipeline = Pipeline.create("failing");
        events(pipeline).keyBy(Event::key).map(event -> 10 / event.value()).forEach(quotient -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(event("a", 0, 0));

            assertThatThrownBy(tester::settle)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage(
                            "step map-2 failed: java.lang.ArithmeticException: / by zero; key a;"
                                    + " record Event[key=a, time=0, value=0]")
                    .hasCauseInstanceOf(ArithmeticException.class);
            assertThatThrownBy(tester::settle)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has failed before");
        }
    }

    @Test
    void saysWhatWasExpectedWhatCameAndWhatTheStepsHaveDone() {
        Pipeline pipeline = sums();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(event("a", 0, 1));

            assertThatThrownBy(() -> tester.sink("for-each-3").expect("a=2"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            """
                            sink for-each-3: expected these records in this order
                            expected:
                              a=2
                            came:
                              a=1
                            steps so far:
                              events: in 1, out 1
                            """);
            tester.source("events").records(event("a", 0, 1));
            assertThatThrownBy(() -> tester.sink("for-each-3").expectInAnyOrder("a=3"))
                    .hasMessageStartingWith(
                            """
                            sink for-each-3
                            missing:
                              a=3
                            not expected:
                              a=2
                            """);
        }
    }

    @Test
    void checksEachRecordOnce() {
        Pipeline pipeline = sums();
        List<String> seen = new ArrayList<>();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.sink("for-each-3", String.class).each(seen::add);
            tester.source("events").records(event("a", 0, 1));
            tester.settle();
            tester.source("events").records(event("a", 0, 1));
        }

        assertThat(seen).containsExactly("a=1", "a=2");
    }

    @Test
    void failsIfAnExpectationNeverRan() {
        PipelineTester tester = PipelineTester.of(sums()).start();
        tester.sink("for-each-3").each(line -> {});

        assertThatThrownBy(tester::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sink for-each-3: nothing came out, so that an expectation");
    }

    @Test
    void failsAtTheEndIfWhatWasFedLastFails() {
        Pipeline pipeline = Pipeline.create("failing");
        events(pipeline).map(event -> 10 / event.value()).forEach(quotient -> {});
        PipelineTester tester = PipelineTester.of(pipeline).start();
        tester.source("events").records(event("a", 0, 0));

        assertThatThrownBy(tester::close).hasMessageContaining("step map-1 failed");
    }

    @Test
    void refusesWhatThePipelineDoesNotHave() {
        try (PipelineTester tester = PipelineTester.of(sums()).start()) {
            TestSplit split = tester.source("events").split(0);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tester.source("payments"))
                    .withMessage("the pipeline has no source payments, it has [events]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> split.record("no event"))
                    .withMessageContaining("not java.lang.String");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tester.source("events").split(1))
                    .withMessageContaining("splits(\"events\", …)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tester.restart(129))
                    .withMessage("parallelism 129 is not from 1 to 128 key groups");
            tester.restart(1);
            split.end();
            assertThatThrownBy(() -> split.record(event("a", 0, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended");
        }
    }
}
