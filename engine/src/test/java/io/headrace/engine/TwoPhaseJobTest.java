package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.connector.Sink;
import io.headrace.function.TimeWindow;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs in which half of all records have one key, so that they cross as accumulators. */
@Timeout(120)
class TwoPhaseJobTest {
    private static final int SPLITS = 4;
    private static final int RECORDS_OF_A_SPLIT = 20_000;
    private static final long WINDOW_MILLIS = 500;

    @TempDir Path directory;
    private final MemorySink sink = new MemorySink();
    private final List<List<Event>> parts = parts(Seed.random(1));

    private static List<List<Event>> parts(SplittableRandom random) {
        List<List<Event>> parts = new ArrayList<>();
        for (int split = 0; split < SPLITS; split++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < RECORDS_OF_A_SPLIT; i++) {
                String key = random.nextBoolean() ? "hot" : "cold" + random.nextInt(500);
                events.add(new Event(key, i / 10, random.nextInt(100)));
            }
            parts.add(events);
        }
        return parts;
    }

    private static Pipeline pipeline(ListSource source, Sink<Object> sink) {
        Pipeline pipeline = Pipeline.create("skewed");
        pipeline.readFrom(source)
                .keyBy(Event::key, Type.of(String.class))
                .window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)))
                .aggregate(
                        "sums",
                        Aggregates.sumLong(Event::value),
                        (String key, TimeWindow window, Long sum) ->
                                key + "@" + window.startMillis() + "=" + sum)
                .writeTo(sink);
        return pipeline;
    }

    private List<String> expected() {
        Map<String, Long> sums = new TreeMap<>();
        for (List<Event> part : parts) {
            for (Event event : part) {
                long start = event.time() / WINDOW_MILLIS * WINDOW_MILLIS;
                sums.merge(event.key() + "@" + start, event.value(), Long::sum);
            }
        }
        return sums.entrySet().stream().map(sum -> sum.getKey() + "=" + sum.getValue()).toList();
    }

    private static void assertCounted(JobMetrics metrics) {
        long records = (long) SPLITS * RECORDS_OF_A_SPLIT;
        assertThat(metrics.step("key-by-1").in()).isEqualTo(records);
        assertThat(metrics.step("key-by-1").out()).isEqualTo(records);
        assertThat(metrics.step("sums").in()).isEqualTo(records);
        assertThat(metrics.step("sums").late()).isZero();
    }

    @Test
    void sumsAndCountsEveryRecordOnce() throws InterruptedException {
        ListSource source = ListSource.bounded(Duration.ZERO, parts);
        try (Job job = EmbeddedRunner.inMemory().parallelism(2).start(pipeline(source, sink))) {
            job.await();

            assertCounted(job.metrics());
        }
        assertThat(sink.published())
                .as(Seed.repeat(1))
                .containsExactlyInAnyOrderElementsOf(expected());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void tellsWhichKeyMostRecordsHave(int parallelism) throws InterruptedException {
        ListSource source = ListSource.bounded(Duration.ZERO, parts);
        Pipeline pipeline = pipeline(source, sink);
        try (Job job = EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline)) {
            job.await();

            List<JobMetrics.KeyShare> frequent = job.metrics().step("key-by-1").frequentKeys();
            assertThat(frequent).as(Seed.repeat(1)).hasSize(1);
            assertThat(frequent.get(0).key()).isEqualTo("hot");
            assertThat(frequent.get(0).share()).isBetween(0.4, 0.6);
            assertThat(job.metrics().step("sums").frequentKeys()).isEmpty();
        }
    }

    @Test
    void losesNothingThatWasCollectedWhenItIsCancelledAgainAndAgain() throws InterruptedException {
        long checkpoints = 0;
        for (int visible = 4_000; visible < RECORDS_OF_A_SPLIT; visible += 4_000) {
            ListSource source = ListSource.bounded(Duration.ZERO, parts).visible(visible);
            try (Job job = runner(2 + visible / 4_000 % 3).start(pipeline(source, sink))) {
                checkpoints = Wait.untilCheckpoint(job, checkpoints);
            }
        }

        ListSource source = ListSource.bounded(Duration.ZERO, parts);
        try (Job job = runner(2).start(pipeline(source, sink))) {
            job.await();

            assertCounted(job.metrics());
        }
        assertThat(sink.published())
                .as(Seed.repeat(1))
                .containsExactlyInAnyOrderElementsOf(expected());
    }

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(2));
    }
}
