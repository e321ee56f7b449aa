package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.KeyRange;
import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.Windows;
import io.headrace.connector.Sink;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.TimeWindow;
import io.headrace.state.ValueState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs whose records are apart by ranges of their values. */
@Timeout(120)
class RangeJobTest {
    private static final int SPLITS = 3;
    private static final int RECORDS_OF_A_SPLIT = 4_000;
    private static final int VALUES = 1_000;

    @TempDir Path directory;
    private final List<List<Event>> parts = parts(Seed.random(5));

    private static List<List<Event>> parts(SplittableRandom random) {
        List<List<Event>> parts = new ArrayList<>();
        for (int split = 0; split < SPLITS; split++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < RECORDS_OF_A_SPLIT; i++) {
                events.add(new Event("split" + split, i, random.nextInt(VALUES)));
            }
            parts.add(events);
        }
        return parts;
    }

    /** Returns boundaries that make ranges of about equal sizes. */
    private static List<Long> boundaries(int ranges) {
        return LongStream.range(1, ranges).map(i -> i * VALUES / ranges).boxed().toList();
    }

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(2));
    }

    @ParameterizedTest(name = "{0} ranges at parallelism {1}")
    @CsvSource({"8, 1", "8, 2", "8, 3", "8, 4", "4, 4", "100, 3", "2, 4"})
    void whatASubtaskHasIsLessThanWhatTheNextOneHas(int ranges, int parallelism)
            throws InterruptedException {
        SubtaskSink sink = new SubtaskSink();
        Pipeline pipeline = Pipeline.create("ranged");
        pipeline.readFrom(ListSource.bounded(Duration.ZERO, parts))
                .partitionByRange(Event::value, boundaries(ranges))
                .writeTo(sink);
        try (Job job = EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline)) {
            job.await();
        }

        Collection<List<Object>> written = sink.written().values(); // By rising subtask.
        assertThat(written).hasSize(Math.min(ranges, parallelism));
        assertThat(written.stream().mapToInt(List::size).sum())
                .isEqualTo(SPLITS * RECORDS_OF_A_SPLIT);
        long before = -1;
        for (List<Object> records : written) {
            assertThat(Collections.min(values(records))).as(Seed.repeat(5)).isGreaterThan(before);
            before = Collections.max(values(records));
        }
        if (ranges >= 2 * parallelism) { // Then no subtask has twice as many ranges as another.
            assertThat(written).allMatch(all -> all.size() < 2 * 12_000 / parallelism);
        }
    }

    private static List<Long> values(List<Object> records) {
        return records.stream().map(record -> ((Event) record).value()).toList();
    }

    /** Counts the records of each range. */
    static final class Counts extends ProcessFunction<KeyRange, Event, String> {
        private final ValueState<Integer> count = valueState("count", Integer.class);

        @Override
        public void process(Event event, Context<KeyRange> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            out.emit(context.key().index() + "#" + count.get());
        }
    }

    private Pipeline counting(ListSource source, List<Long> boundaries, Sink<Object> sink) {
        Pipeline pipeline = Pipeline.create("counting");
        pipeline.readFrom(source)
                .partitionByRange(Event::value, boundaries)
                .process("counts", Counts::new)
                .writeTo(sink);
        return pipeline;
    }

    private List<String> counted(List<Long> boundaries) {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (List<Event> part : parts) {
            for (Event event : part) {
                long range = boundaries.stream().filter(each -> each <= event.value()).count();
                lines.add(range + "#" + counts.merge(range, 1, Integer::sum));
            }
        }
        return lines.stream().sorted().toList();
    }

    @ParameterizedTest(name = "parallelism {0}, {1}, {2}")
    @CsvSource({"1, 3, 2", "2, 2, 4", "4, 1, 3"})
    void stateMovesWithItsRange(int first, int second, int third) throws InterruptedException {
        MemorySink sink = new MemorySink();
        List<Long> boundaries = boundaries(7);
        for (int[] run : new int[][] {{first, 1_000}, {second, 2_500}}) {
            ListSource source = ListSource.bounded(Duration.ZERO, parts).visible(run[1]);
            try (Job job = runner(run[0]).start(counting(source, boundaries, sink))) {
                Wait.until("records of a split", () -> sink.published().size() >= run[1]);
                assertThat(job.metrics().checkpoints()).isPositive();
            }
        }
        ListSource source = ListSource.bounded(Duration.ZERO, parts);
        try (Job job = runner(third).start(counting(source, boundaries, sink))) {
            job.await();
        }

        assertThat(sink.published()).as(Seed.repeat(5)).isEqualTo(counted(boundaries));
    }

    @Test
    void refusesStateOfOtherRangesAndNamesThem() throws InterruptedException {
        ListSource source = ListSource.bounded(Duration.ZERO, parts).visible(500);
        try (Job job = runner(2).start(counting(source, List.of(10L, 20L), new MemorySink()))) {
            Wait.until("records", () -> job.metrics().step("counts").in() >= 500);
            job.stop();
        }

        for (List<Long> others : List.of(List.of(10L, 21L), List.of(10L), List.of(1L, 10L, 20L))) {
            Pipeline other = counting(source, others, new MemorySink());
            assertThatThrownBy(() -> runner(2).start(other).close())
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("step counts: ranges was 10, 20 and is " + text(others))
                    .hasMessageContaining("set it back");
        }
    }

    private static String text(List<Long> boundaries) {
        return boundaries.toString().replaceAll("[\\[\\]]", "") + " now";
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void windowsBeginBeforeTheExchangeAsWithOtherKeys(int parallelism) throws InterruptedException {
        MemorySink sink = new MemorySink();
        List<Long> boundaries = boundaries(5);
        Pipeline pipeline = Pipeline.create("windows");
        pipeline.readFrom(ListSource.bounded(Duration.ZERO, parts))
                .partitionByRange(Event::value, boundaries)
                .window(Windows.tumbling(Duration.ofMillis(RECORDS_OF_A_SPLIT)))
                .aggregate(
                        "sums",
                        Aggregates.sumLong(Event::value),
                        (KeyRange range, TimeWindow window, Long sum) -> range.index() + "=" + sum)
                .writeTo(sink);
        try (Job job = EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline)) {
            job.await();
        }

        TreeMap<Long, Long> sums = new TreeMap<>();
        parts.forEach(
                part ->
                        part.forEach(
                                event ->
                                        sums.merge(event.value() / 200, event.value(), Long::sum)));
        assertThat(sink.published())
                .as(Seed.repeat(5))
                .isEqualTo(
                        sums.entrySet().stream()
                                .map(sum -> sum.getKey() + "=" + sum.getValue())
                                .toList());
    }
}
