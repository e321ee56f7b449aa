package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.Overflow;
import io.headrace.Pipeline;
import io.headrace.connector.Sink;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ValueState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs whose functions see the records of a key in the order of time, though they come in none. */
@Timeout(120)
class SortByTimeJobTest {
    private static final int SPLITS = 3;
    private static final int RECORDS_OF_A_SPLIT = 3_000;
    private static final int DISORDER_MILLIS = 50;
    private static final int KEYS = 20;

    @TempDir Path directory;
    private final List<List<Event>> parts = parts(Seed.random(7));

    private static List<List<Event>> parts(SplittableRandom random) {
        List<List<Event>> parts = new ArrayList<>();
        for (int split = 0; split < SPLITS; split++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < RECORDS_OF_A_SPLIT; i++) {
                long time = i + random.nextInt(DISORDER_MILLIS);
                events.add(new Event("k" + random.nextInt(KEYS), time, i));
            }
            parts.add(events);
        }
        return parts;
    }

    /** Says of each record whether it came in the order of time. */
    static final class Order extends ProcessFunction<String, Event, String> {
        private final ValueState<Long> last = valueState("last", Long.class);

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            boolean ordered = last.get() == null || last.get() <= event.time();
            last.set(event.time());
            out.emit(event + (ordered ? " in order" : " behind a later one"));
        }
    }

    private Pipeline pipeline(ListSource source, int waitingMax, Sink<Object> sink) {
        Pipeline pipeline = Pipeline.create("sorting");
        pipeline.readFrom(source)
                .keyBy(Event::key)
                .sortByTime("sorted", waitingMax, Overflow.FAIL)
                .process("order", Order::new)
                .writeTo(sink);
        return pipeline;
    }

    private ListSource source() {
        return ListSource.bounded(Duration.ofMillis(DISORDER_MILLIS), parts);
    }

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(2));
    }

    @ParameterizedTest(name = "parallelism {0}, {1}, {2}")
    @CsvSource({"1, 3, 2", "2, 1, 4", "4, 2, 1"})
    void recordsThatWaitMoveWithTheirKeys(int first, int second, int third)
            throws InterruptedException {
        MemorySink sink = new MemorySink();
        long checkpoints = 0;
        for (int[] run : new int[][] {{first, 500}, {second, 2_000}}) {
            ListSource source = source().visible(run[1]);
            try (Job job = runner(run[0]).start(pipeline(source, 9_000, sink))) {
                checkpoints = Wait.untilCheckpoint(job, checkpoints);
            }
        }
        try (Job job = runner(third).start(pipeline(source(), 9_000, sink))) {
            job.await();
            assertThat(job.metrics().step("sorted").late()).isZero();
        }

        assertThat(sink.published())
                .as(Seed.repeat(7))
                .isEqualTo(
                        parts.stream()
                                .flatMap(List::stream)
                                .map(event -> event + " in order")
                                .sorted()
                                .toList());
    }

    @Test
    void moreThanMayWaitFailTheJobAndSayWhatToDo() {
        Pipeline pipeline = pipeline(source(), 3, new MemorySink());
        try (Job job = EmbeddedRunner.inMemory().parallelism(2).start(pipeline)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step sorted failed")
                    .hasMessageContaining("3 records of the key wait for the watermark")
                    .hasMessageContaining("the limit of sortByTime is 3")
                    .hasMessageContaining("Overflow.RELEASE_EARLIEST")
                    .hasMessageContaining("key k");
        }
    }
}
