package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.Windows;
import io.headrace.connector.EventTime;
import io.headrace.connector.WatermarkGenerator;
import io.headrace.function.Side;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources whose splits are as far as a generator says, with the threads of a job. */
@Timeout(120)
class WatermarkGeneratorTest {
    private static final int RECORDS = 3_000;
    private static final Side<Event> LATE = Side.of("late", Event.class);

    @TempDir Path directory;

    /** Stays behind the highest time by as much as the largest step back of the split so far. */
    private record LargestStepBack(int stateLength) implements WatermarkGenerator<Event> {
        @Override
        public long onRecord(Event event, long timestampMillis, Progress split) {
            long[] largest = split.state();
            largest[0] = Math.max(largest[0], split.maxTimestampMillis() - timestampMillis);
            return split.maxTimestampMillis() - largest[0] - 1;
        }
    }

    /** Returns records that step back further and further, so that some of them are late. */
    private static ListSource source(WatermarkGenerator<Event> generator) {
        SplittableRandom random = new SplittableRandom(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            long back = i % 97 == 0 ? i / 4 : random.nextInt(10);
            events.add(new Event("k" + i % 10, i * 2L - back, i));
        }
        return ListSource.bounded(
                EventTime.ofMillis(Event::time, generator), List.of(List.copyOf(events)));
    }

    private static Pipeline pipeline(ListSource source, MemorySink sink) {
        Pipeline pipeline = Pipeline.create("generated");
        pipeline.readFrom(source)
                .keyBy(Event::key, Type.of(String.class))
                .window(Windows.tumbling(Duration.ofMillis(20)))
                .lateTo(LATE)
                .aggregate(
                        "sums",
                        Aggregates.sumLong(Event::value),
                        (key, window, sum) -> key + " " + window.startMillis() + " " + sum)
                .writeTo("sums-out", sink);
        pipeline.side(LATE).map(event -> "late " + event).writeTo("late-out", sink);
        return pipeline;
    }

    private Job start(ListSource source, MemorySink sink, String state, int parallelism) {
        return EmbeddedRunner.with(directory.resolve(state))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofHours(1))
                .start(pipeline(source, sink));
    }

    private List<String> straight() throws InterruptedException {
        MemorySink sink = new MemorySink();
        try (Job job = start(source(new LargestStepBack(1)), sink, "straight", 1)) {
            job.await();
        }
        return sink.published();
    }

    @ParameterizedTest(name = "stopped behind {0} records")
    @ValueSource(ints = {1, 255, 256, 1_000, 2_900})
    void theSameRecordsAreLateWhereverTheJobWasStopped(int records) throws InterruptedException {
        List<String> expected = straight();
        MemorySink sink = new MemorySink();
        ListSource source = source(new LargestStepBack(1)).visible(records);

        try (Job job = start(source, sink, "stopped", 2)) {
            Wait.until("records", () -> job.metrics().step("events").in() == records);
            job.stop();
        }
        try (Job job = start(source.visible(RECORDS), sink, "stopped", 1)) {
            job.await();
        }

        assertThat(sink.published()).isEqualTo(expected);
        assertThat(expected).anyMatch(line -> line.startsWith("late"));
    }

    @Test
    void failsTheJobWithTheSourceWhenItFails() {
        WatermarkGenerator<Event> failing =
                (event, time, split) -> {
                    throw new IllegalStateException("no mark in " + event.value());
                };

        try (Job job = start(source(failing), new MemorySink(), "failing", 1)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step events failed")
                    .hasMessageContaining("no mark in 0; record Event[key=k0");
        }
    }

    @Test
    void failsTheJobWhenItGivesTheWatermarkOfTheEnd() {
        WatermarkGenerator<Event> over = (event, time, split) -> Long.MAX_VALUE;

        try (Job job = start(source(over), new MemorySink(), "over", 1)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step events failed")
                    .hasMessageContaining("which is for the end of the split");
        }
    }

    @Test
    void isRefusedTheStateOfAGeneratorThatKeptSomethingElse() throws InterruptedException {
        ListSource source = source(new LargestStepBack(1)).visible(100);
        try (Job job = start(source, new MemorySink(), "state", 1)) {
            Wait.until("records", () -> job.metrics().step("events").in() == 100);
            job.stop();
        }

        assertThatThrownBy(
                        () -> {
                            ListSource changed = source(new LargestStepBack(2));
                            try (Job job = start(changed, new MemorySink(), "state", 1)) {
                                job.await();
                            }
                        })
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("source events: the watermark generator kept 1 numbers")
                .hasMessageContaining("keeps 2 now: let it keep as many as before, or start over");
    }
}
