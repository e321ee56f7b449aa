package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.function.Side;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LateRecordsTest {
    private static final int WATERMARK_AT = 256;

    @TempDir Path directory;

    /**
     * One window step that sends its late records nowhere, and one that does. One reader: another
     * one, without a split, would hold back time until it has heard that it gets none.
     */
    private static Pipeline pipeline(ListSource source) {
        Pipeline pipeline = Pipeline.create("late").parallelism(1);
        KeyedStream<String, Event> keyed =
                pipeline.readFrom(source).keyBy(Event::key, Type.of(String.class));
        keyed.window(Windows.tumbling(Duration.ofMillis(10)))
                .aggregate("counts", Aggregates.count())
                .forEach(count -> {});
        Side<Event> late = Side.of("late", Event.class);
        keyed.window(Windows.tumbling(Duration.ofMillis(10)))
                .lateTo(late)
                .aggregate("watched", Aggregates.count())
                .forEach(count -> {});
        pipeline.side(late).forEach(event -> {});
        return pipeline;
    }

    private static ListSource source() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < WATERMARK_AT; i++) {
            events.add(new Event("k", i, i));
        }
        events.add(new Event("k\"1", 5, 1));
        events.add(new Event("k2", 6, 2));
        events.add(new Event("k3", 300, 3));
        return ListSource.bounded(Duration.ZERO, List.of(events));
    }

    private EmbeddedRunner runner() {
        return EmbeddedRunner.with(directory).checkpointInterval(Duration.ofMillis(5));
    }

    @Test
    void keepsASampleOfThoseThatNobodyAskedForOnceOverRestarts()
            throws IOException, InterruptedException {
        try (Job job = runner().start(pipeline(source().visible(WATERMARK_AT + 1)))) {
            Wait.until("records", () -> job.metrics().step("counts").in() > WATERMARK_AT);
            job.stop();
        }
        try (Job job = runner().start(pipeline(source()))) {
            job.await();
            assertThat(job.metrics().step("counts").late()).isEqualTo(2);
            assertThat(job.metrics().step("watched").late()).isEqualTo(2);
        }

        assertThat(Files.readString(directory.resolve("late-records.jsonl")))
                .isEqualTo(
                        """
                        {"step":"counts","key":"k\\"1","timestamp":5,"watermark":254,\
                        "record":"Event[key=k\\"1, time=5, value=1]"}
                        {"step":"counts","key":"k2","timestamp":6,"watermark":254,\
                        "record":"Event[key=k2, time=6, value=2]"}
                        """);
    }

    @Test
    void writesNoFileIfNothingIsLate() throws InterruptedException {
        try (Job job = runner().start(pipeline(source().visible(WATERMARK_AT)))) {
            Wait.until("records", () -> job.metrics().step("counts").in() == WATERMARK_AT);
            job.stop();
        }

        assertThat(directory.resolve("late-records.jsonl")).doesNotExist();
    }
}
