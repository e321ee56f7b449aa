package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Triggers;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.function.Pane;
import io.headrace.function.TimeWindow;
import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.kernel.plan.Plan;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {
    record Event(String key, long time, long value) {}

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Fires with a value that is larger than all before in its window, and at the end. */
    static final class OnHighest extends Trigger<Event> {
        private final ValueState<Long> largest = valueState("largest", Long.class);
        private final Timer end = eventTimeTimer("end");

        @Override
        public Result onElement(Event event, long timestamp, TriggerContext context) {
            end.set(context.window().endMillis() - 1);
            if (largest.get() != null && event.value() <= largest.get()) {
                return Result.CONTINUE;
            }
            largest.set(event.value());
            return Result.FIRE;
        }

        @Override
        public Result onTimer(String timer, long time, TriggerContext context) {
            return Result.FIRE;
        }
    }

    private static Event at(long time, long value) {
        return new Event("a", time, value);
    }

    private static String shown(String key, TimeWindow window, Pane pane, Long sum) {
        return window.startMillis()
                + "="
                + sum
                + " "
                + pane.index()
                + " "
                + pane.timing()
                + (pane.first() ? " first" : "")
                + (pane.last() ? " last" : "");
    }

    private static WindowedStream<String, Event> windowed(Pipeline pipeline, Windows windows) {
        return pipeline.readFrom(FedSource.of("events", Event.class).eventTimeMillis(Event::time))
                .keyBy(Event::key)
                .window(windows);
    }

    private static Pipeline sums(
            Windows windows, UnaryOperator<WindowedStream<String, Event>> triggered) {
        Pipeline pipeline = Pipeline.create("sums");
        triggered
                .apply(windowed(pipeline, windows))
                .aggregate("sums", Aggregates.sumLong(Event::value), TriggersTest::shown)
                .forEach(line -> {});
        return pipeline;
    }

    private static Outputs<String> lines(PipelineTester tester, Pipeline pipeline) {
        int last = pipeline.graph().steps().size() - 1;
        return tester.sink(pipeline.graph().steps().get(last).name(), String.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void firesEarlyByCountOnTimeAndForEachLateRecord(int parallelism) {
        Pipeline pipeline =
                sums(
                        Windows.tumbling(SECOND),
                        windowed ->
                                windowed.allowedLateness(SECOND)
                                        .trigger(
                                                Triggers.afterWatermark()
                                                        .early(Triggers.everyRecords(2))));
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(parallelism).start()) {
            var lines = lines(tester, pipeline);
            TestSource source = tester.source("events");

            source.records(at(10, 1), at(20, 2), at(30, 4));
            lines.expect("0=3 0 EARLY first");
            source.watermark(998);
            lines.expectNothing();
            source.watermark(999);
            lines.expect("0=7 1 ON_TIME");
            source.records(at(40, 8));
            lines.expect("0=15 2 LATE");
            source.watermark(1_999).records(at(50, 16));
            lines.expectNothing();
            assertThat(tester.metrics().step("sums").late()).isEqualTo(1);
            assertThat(tester.state("sums", "a", "panes")).isEqualTo(List.of());
        }
    }

    @Test
    void showsACompleteResultOnTimeThoughNothingIsNew() {
        Pipeline pipeline =
                sums(
                        Windows.tumbling(SECOND),
                        windowed ->
                                windowed.trigger(
                                        Triggers.afterWatermark().early(Triggers.everyRecords(1))));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 1)).watermark(999);

            lines.expect("0=1 0 EARLY first", "0=1 1 ON_TIME last");
        }
    }

    @Test
    void discardsWhatAPaneHasShown() {
        Pipeline pipeline =
                sums(
                        Windows.tumbling(SECOND),
                        windowed ->
                                windowed.discarding()
                                        .allowedLateness(SECOND)
                                        .trigger(
                                                Triggers.afterWatermark()
                                                        .early(Triggers.everyRecords(2))
                                                        .late(Triggers.everyRecords(2))));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);
            TestSource source = tester.source("events");

            source.records(at(10, 1), at(20, 2));
            lines.expect("0=3 0 EARLY first");
            tester.checkpoint();
            tester.restart(2);
            tester.source("events").watermark(999);
            lines.expectNothing();
            tester.source("events").records(at(30, 4), at(40, 8), at(50, 16));
            lines.expect("0=12 1 ON_TIME");
            tester.source("events").watermark(1_999);

            lines.expect("0=16 2 LATE last");
        }
    }

    @Test
    void firesSoLongAfterTheFirstRecordThatNoPaneHasShown() {
        Pipeline pipeline =
                sums(
                        Windows.global(),
                        windowed -> windowed.trigger(Triggers.every(Duration.ofSeconds(10))));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 1));
            tester.advanceProcessingTime(Duration.ofSeconds(4));
            tester.source("events").records(at(20, 2));
            lines.expectNothing();
            tester.advanceProcessingTime(Duration.ofSeconds(60));
            lines.expect("10=3 0 EARLY first");
            tester.source("events").records(at(5, 4));
            tester.checkpoint();
            tester.restart();
            tester.advanceProcessingTime(Duration.ofSeconds(10));
            lines.expect("5=7 1 EARLY");
            tester.source("events").records(at(30, 8));
            tester.end();

            lines.expect("5=15 2 ON_TIME last");
        }
    }

    @Test
    void firesInStepsOfEventTimeHoweverFarTheWatermarkJumps() {
        Pipeline pipeline =
                sums(
                        Windows.tumbling(SECOND),
                        windowed ->
                                windowed.trigger(
                                        Triggers.afterWatermark()
                                                .early(
                                                        Triggers.everyEventTime(
                                                                Duration.ofMillis(100)))));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 1), at(20, 2), at(1_250, 4)).watermark(5_000);

            lines.expect(
                    "0=3 0 EARLY first",
                    "0=3 1 ON_TIME last",
                    "1000=4 0 EARLY first",
                    "1000=4 1 ON_TIME last");
        }
    }

    @Test
    void firesWhenAWindowIsForgottenIfItsTriggerNeverDid() {
        Pipeline pipeline =
                sums(
                        Windows.hopping(SECOND, Duration.ofMillis(500)),
                        windowed -> windowed.allowedLateness(SECOND).trigger(Triggers.never()));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 1), at(600, 2)).watermark(1_500);
            lines.expect("-500=1 0 ON_TIME first last");
            tester.end();

            lines.expect("0=3 0 ON_TIME first last", "500=2 0 ON_TIME first last");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWithThePanesOfSessionsThatBecomeOne(boolean accumulating) {
        Pipeline pipeline =
                sums(
                        Windows.session(Duration.ofMillis(100)),
                        windowed ->
                                (accumulating ? windowed.accumulating() : windowed.discarding())
                                        .trigger(
                                                Triggers.afterWatermark()
                                                        .early(Triggers.everyRecords(2))));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 1), at(20, 2), at(200, 4));
            lines.expect("10=3 0 EARLY first");
            tester.source("events").records(at(110, 8));
            lines.expect(accumulating ? "10=15 1 EARLY" : "10=12 1 EARLY");
            tester.source("events").records(at(299, 16)).watermark(397);
            lines.expectNothing();
            tester.source("events").watermark(398);

            lines.expect(accumulating ? "10=31 2 ON_TIME last" : "10=16 2 ON_TIME last");
        }
    }

    @Test
    void asksATriggerOfTheUser() {
        Pipeline pipeline =
                sums(Windows.tumbling(SECOND), windowed -> windowed.trigger(OnHighest::new));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 5), at(20, 2));
            tester.checkpoint();
            tester.restart();
            tester.source("events").records(at(30, 5), at(1_040, 1), at(50, 6)).watermark(2_000);

            lines.expect(
                    "0=5 0 EARLY first",
                    "1000=1 0 EARLY first",
                    "0=18 1 EARLY",
                    "0=18 2 ON_TIME last",
                    "1000=1 1 ON_TIME last");
        }
    }

    @Test
    void givesAFunctionOfAllRecordsThoseOfThePane() {
        Pipeline pipeline = Pipeline.create("all");
        windowed(pipeline, Windows.tumbling(SECOND))
                .trigger(Triggers.everyRecords(2))
                .discarding()
                .<String>process(
                        "all",
                        (key, window, pane, events, out) ->
                                events.forEach(
                                        event -> out.emit(pane.index() + ":" + event.value())))
                .as(Type.of(String.class))
                .forEach(line -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            var lines = lines(tester, pipeline);

            tester.source("events").records(at(10, 5), at(20, 2), at(30, 7));
            tester.end();

            lines.expect("0:5", "0:2", "1:7");
        }
    }

    @Test
    void showsTheTriggerInThePlan() {
        Pipeline pipeline =
                sums(
                        Windows.tumbling(SECOND),
                        windowed ->
                                windowed.discarding()
                                        .trigger(
                                                Triggers.afterWatermark()
                                                        .early(Triggers.every(SECOND))));

        assertThat(Plan.of(pipeline.graph(), 1).explain())
                .contains("trigger=after watermark, early every PT1S", "panes=discarding");
    }

    @Test
    void refusesWhatCannotWorkWhenThePipelineIsBuilt() {
        assertThatThrownBy(
                        () ->
                                windowed(Pipeline.create("refused"), Windows.count(3))
                                        .trigger(Triggers.everyRecords(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("take a global window with Triggers.everyRecords");
        assertThatThrownBy(
                        () ->
                                windowed(Pipeline.create("refused"), Windows.session(SECOND))
                                        .trigger(OnHighest::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("override merges()");
        OnHighest one = new OnHighest();
        assertThatThrownBy(
                        () ->
                                windowed(Pipeline.create("refused"), Windows.tumbling(SECOND))
                                        .trigger(() -> one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write OnHighest::new");
        assertThatThrownBy(() -> Triggers.everyRecords(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be at least 1");
        assertThatThrownBy(() -> Triggers.every(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be at least 1 ms");
    }
}
