package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.KeyRange;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.connector.Sink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that sort their input, by ranges that were given or sampled. */
@Timeout(120)
class SortJobTest {
    private static final int SPLITS = 3;
    private static final int RECORDS_OF_A_SPLIT = 4_000;
    private static final int SAMPLE = 500;
    private static final int RANGES = 16;

    @TempDir Path directory;
    private final List<List<Event>> parts = parts(SPLITS, Seed.random(6));

    /** Small values are more frequent than large ones, and some come several times. */
    private static List<List<Event>> parts(int splits, SplittableRandom random) {
        List<List<Event>> parts = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < RECORDS_OF_A_SPLIT; i++) {
                long root = random.nextInt(200);
                events.add(new Event("split" + split, i, root * root));
            }
            parts.add(events);
        }
        return parts;
    }

    private static KeyedStream<KeyRange, Event> given(Pipeline pipeline, ListSource source) {
        return pipeline.readFrom(source)
                .partitionByRange(Event::value, List.of(100L, 1_000L, 5_000L, 20_000L, 30_000L));
    }

    private static KeyedStream<KeyRange, Event> sampled(Pipeline pipeline, ListSource source) {
        return pipeline.readFrom(source).partitionByRange("ranges", Event::value, RANGES, SAMPLE);
    }

    private void assertSorted(SubtaskSink sink) {
        List<Event> output = new ArrayList<>();
        sink.written().values().forEach(each -> each.forEach(one -> output.add((Event) one)));
        List<Event> expected = new ArrayList<>();
        parts.forEach(expected::addAll);
        expected.sort(Comparator.comparing(Event::value));

        assertThat(output).as(Seed.repeat(6)).extracting(Event::value).isSorted();
        assertThat(output).as(Seed.repeat(6)).containsExactlyInAnyOrderElementsOf(expected);
        for (int split = 0; split < SPLITS; split++) { // Equal ones as they came.
            String name = "split" + split;
            assertThat(output)
                    .filteredOn(event -> event.key().equals(name))
                    .isSortedAccordingTo(
                            Comparator.comparing(Event::value).thenComparing(Event::time));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theOutputOfAllSubtasksTogetherIsSorted(int parallelism) throws InterruptedException {
        SubtaskSink sink = new SubtaskSink();
        Pipeline pipeline = Pipeline.create("given");
        given(pipeline, ListSource.bounded(Duration.ZERO, parts))
                .sort("sort", Event::value, 12_000)
                .writeTo(sink);
        try (Job job = EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline)) {
            job.await();
        }

        assertSorted(sink);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void sampledRangesAreAboutEqualAndSortAsWell(int parallelism) throws InterruptedException {
        SubtaskSink sink = new SubtaskSink();
        Pipeline pipeline = Pipeline.create("sampled");
        sampled(pipeline, ListSource.bounded(Duration.ZERO, parts))
                .sort("sort", Event::value, 3_000)
                .writeTo(sink);
        List<Long> loads;
        try (Job job = EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline)) {
            job.await();
            loads = job.metrics().step("sort").inBySubtask();
        }

        assertSorted(sink);
        assertThat(loads).hasSize(parallelism);
        assertThat(Collections.max(loads) * parallelism)
                .as("%s, %s", loads, Seed.repeat(6))
                .isLessThan(SPLITS * RECORDS_OF_A_SPLIT * 13 / 10);
    }

    /** Shows which range each record of one split is in. */
    private static Pipeline showing(ListSource source, Sink<Object> sink) {
        Pipeline pipeline = Pipeline.create("showing");
        sampled(pipeline, source)
                .mapWithKey((range, event) -> event.time() + " in " + range)
                .writeTo(sink);
        return pipeline;
    }

    /** Returns what plain code says, from the first records of a split. */
    private static List<String> shown(List<Event> split) {
        List<Long> sample = split.stream().limit(SAMPLE).map(Event::value).sorted().toList();
        List<Long> boundaries = new ArrayList<>();
        for (int range = 1; range < RANGES; range++) {
            boundaries.add(sample.get(range * sample.size() / RANGES));
        }
        return split.stream()
                .map(
                        event -> {
                            long below =
                                    boundaries.stream()
                                            .filter(each -> each <= event.value())
                                            .count();
                            return event.time() + " in " + new KeyRange((int) below, RANGES);
                        })
                .sorted()
                .toList();
    }

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(2));
    }

    @ParameterizedTest(name = "after {0} of " + SAMPLE + " records")
    @ValueSource(ints = {1, SAMPLE - 1, SAMPLE, SAMPLE + 1, 3_000})
    void aSampleStaysWhatItIsOverRestarts(int before) throws InterruptedException {
        List<List<Event>> one = parts.subList(0, 1);
        MemorySink sink = new MemorySink();
        ListSource source = ListSource.bounded(Duration.ZERO, one).visible(before);
        try (Job job = runner(2).start(showing(source, sink))) {
            Wait.until("records", () -> job.metrics().step("ranges").in() == before);
            job.stop();
        }
        assertThat(sink.published()).hasSize(before < SAMPLE ? 0 : before);

        ListSource all = ListSource.bounded(Duration.ZERO, one);
        try (Job job = runner(3).start(showing(all, sink))) {
            job.await();
            assertThat(job.metrics().recoveries()).isEqualTo(1);
        }

        assertThat(sink.published()).as(Seed.repeat(6)).isEqualTo(shown(one.get(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, RANGES - 1, SAMPLE - 1})
    void inputThatEndsBeforeTheSampleIsCompleteIsTheSample(int records)
            throws InterruptedException {
        List<Event> split = parts.get(0).subList(0, records);
        MemorySink sink = new MemorySink();
        ListSource source = ListSource.bounded(Duration.ZERO, List.of(split));
        try (Job job = runner(2).start(showing(source, sink))) {
            job.await();
        }

        assertThat(sink.published())
                .as(Seed.repeat(6))
                .isEqualTo(records == 0 ? List.of() : shown(split));
    }

    @Test
    void moreRecordsThanTheLimitFailTheJobAndSayWhatToDo() {
        Pipeline pipeline = Pipeline.create("limit");
        given(pipeline, ListSource.bounded(Duration.ZERO, parts))
                .sort("sort", Event::value, 99)
                .writeTo(new SubtaskSink());
        try (Job job = EmbeddedRunner.inMemory().parallelism(2).start(pipeline)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step sort failed")
                    .hasMessageContaining("there are more than 99 records of one key")
                    .hasMessageContaining("raise the limit of sort, now 99")
                    .hasMessageContaining("key KeyRange[index=");
        }
    }

    @Test
    void whatCannotBeSortedIsNamedWhenItComes() {
        Pipeline pipeline = Pipeline.create("null");
        Function<Event, Long> none = event -> event.time() == 77 ? null : event.value();
        given(pipeline, ListSource.bounded(Duration.ZERO, parts))
                .sort("sort", none::apply, 12_000)
                .writeTo(new SubtaskSink());
        try (Job job = EmbeddedRunner.inMemory().parallelism(2).start(pipeline)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("the function of sort returned null")
                    .hasMessageContaining("time=77");
        }
    }
}
