package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys and windows at the ends of what there can be. */
class KeysInPipelinesTest {
    private static final String SINK = "for-each-3";
    private static final int LARGE = 8 * 1024 * 1024;
    private static final long CENTURY = Duration.ofDays(36_525).toMillis();

    record Event(String key, long time, long value) {}

    private static Pipeline pipeline(Windows windows) {
        Pipeline pipeline = Pipeline.create("sums");
        pipeline.readFrom(FedSource.of("events", Event.class).eventTimeMillis(Event::time))
                .keyBy(Event::key)
                .window(windows)
                .aggregate(
                        "sums",
                        Aggregates.sumLong(Event::value),
                        (key, window, sum) -> key.length() + "@" + window.startMillis() + "=" + sum)
                .forEach(line -> {});
        return pipeline;
    }

    private static String key(char last) {
        return "k".repeat(LARGE) + last;
    }

    @Test
    void aKeyMayBeLarge() {
        Pipeline pipeline = pipeline(Windows.tumbling(Duration.ofSeconds(1)));
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(2).start()) {
            tester.source("events").records(new Event(key('a'), 10, 1), new Event(key('b'), 20, 2));
            tester.restart(3);
            tester.source("events").records(new Event(key('a'), 30, 4));
            tester.end();

            tester.sink(SINK, String.class)
                    .expectInAnyOrder(LARGE + 1 + "@0=5", LARGE + 1 + "@0=2");
        }
    }

    @Test
    void aMessageShowsTheBeginningOfALargeKey() {
        Pipeline pipeline = pipeline(Windows.tumbling(Duration.ofSeconds(1)));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(new Event(key('a'), 10, Long.MAX_VALUE));

            assertThatThrownBy(
                            () -> {
                                tester.source("events").records(new Event(key('a'), 10, 1));
                                tester.end();
                            })
                    .satisfies(
                            failed ->
                                    assertThat(failed.getMessage())
                                            .contains("; key kkkk")
                                            .hasSizeLessThan(4096));
        }
    }

    @Test
    @Timeout(30)
    void windowsWithoutRecordsCostNothing() {
        Pipeline pipeline = pipeline(Windows.hopping(Duration.ofMillis(10), Duration.ofMillis(5)));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("events").records(new Event("a", 0, 1));
            tester.source("events").watermark(CENTURY); // 600 billion windows later.
            tester.source("events").records(new Event("a", 2 * CENTURY, 2));
            tester.end();

            tester.sink(SINK, String.class)
                    .expect(
                            "1@-5=1",
                            "1@0=1",
                            "1@" + (2 * CENTURY - 5) + "=2",
                            "1@" + 2 * CENTURY + "=2");
        }
    }
}
