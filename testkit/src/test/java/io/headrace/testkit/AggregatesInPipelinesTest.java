package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.function.Aggregator;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What aggregates and keyed tools do to a job: failures name the key, state goes away. */
class AggregatesInPipelinesTest {
    private record Event(String key, long time, long value) {}

    private interface Use extends Function<KeyedStream<String, Event>, DataStream<?>> {}

    static Stream<Arguments> uses() {
        Aggregator<Event, ?, Long> sum = Aggregates.sumLong(Event::value);
        Aggregator<Event, ?, ?> list = Aggregates.collect(1, Event::value);
        String overflow =
                "java.lang.ArithmeticException: the sum 9223372036854775808 does not fit into a"
                        + " long: sum with Aggregates.sumDecimal; key b";
        String tooMany =
                "java.lang.IllegalStateException: there are 2 values, and 1 were kept: raise the"
                        + " limit of Aggregates.collect, now 1, start over, or use an aggregate"
                        + " that needs no list; key b";
        return Stream.of(
                Arguments.of("window", inWindow(sum), overflow),
                Arguments.of("look-back", lookingBack(sum), overflow),
                Arguments.of("running", running(sum), overflow),
                Arguments.of("window", inWindow(list), tooMany),
                Arguments.of("look-back", lookingBack(list), tooMany),
                Arguments.of("running", running(list), tooMany));
    }

    private static Use inWindow(Aggregator<Event, ?, ?> aggregator) {
        return keyed ->
                keyed.window(Windows.tumbling(Duration.ofSeconds(1))).aggregate("step", aggregator);
    }

    private static Use lookingBack(Aggregator<Event, ?, ?> aggregator) {
        return keyed ->
                keyed.lookBack(Duration.ofSeconds(1))
                        .ordered()
                        .aggregate("step", aggregator, (event, results) -> "" + results);
    }

    private static Use running(Aggregator<Event, ?, ?> aggregator) {
        return keyed -> keyed.runningAggregate("step", aggregator);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("uses")
    void whatDoesNotFitFailsTheJobAndNamesTheKey(String name, Use use, String message) {
        Pipeline pipeline = Pipeline.create("failing");
        use.apply(events(pipeline)).forEach(result -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events")
                    .records(
                            new Event("a", 1, Long.MAX_VALUE),
                            new Event("b", 2, Long.MAX_VALUE),
                            new Event("b", 3, 1));

            assertThatThrownBy(
                            () -> {
                                tester.source("events").split(0).watermark(1_000);
                                tester.settle();
                            })
                    .hasMessageStartingWith("step step failed: " + message);
        }
    }

    @Test
    void repetitionsAreForgottenASixteenthOfTheDurationLate() {
        Pipeline pipeline = Pipeline.create("once");
        events(pipeline)
                .deduplicate("once", Event::value, Duration.ofMillis(1_600))
                .forEach(event -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            for (int i = 0; i < 100; i++) {
                tester.source("events").records(new Event("a", i, i), new Event("a", 50, i));
            }
            tester.settle();

            assertThat((Map<?, ?>) tester.state("once", "a", "seen")).hasSize(100);
            assertThat(tester.timer("once", "a", "forget")).hasValue(1_599 + 100);

            tester.source("events").split(0).watermark(1_699);
            tester.settle();

            assertThat((Map<?, ?>) tester.state("once", "a", "seen")).isNullOrEmpty();
            assertThat(tester.timer("once", "a", "forget")).isEmpty();
            assertThat(tester.metrics().step("once").out()).isEqualTo(100);
        }
    }

    @Test
    void everySweepArmsTheNextWhileThereIsSomethingToForget() {
        Pipeline pipeline = Pipeline.create("once");
        events(pipeline)
                .deduplicate("once", Event::value, Duration.ofMillis(1_600))
                .forEach(event -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(new Event("a", 0, 1), new Event("a", 1_000, 2));
            tester.source("events").split(0).watermark(1_699);

            assertThat((Map<?, ?>) tester.state("once", "a", "seen")).hasSize(1);
            assertThat(tester.timer("once", "a", "forget")).hasValue(1_000 + 1_599 + 100);

            tester.source("events").split(0).watermark(2_699);

            assertThat((Map<?, ?>) tester.state("once", "a", "seen")).isNullOrEmpty();
        }
    }

    private static KeyedStream<String, Event> events(Pipeline pipeline) {
        return pipeline.readFrom(FedSource.of("events", Event.class).eventTimeMillis(Event::time))
                .keyBy(Event::key);
    }
}
