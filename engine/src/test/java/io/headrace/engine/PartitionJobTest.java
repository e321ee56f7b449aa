package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.Pipeline;
import io.headrace.function.Partitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs in which a function of the user chooses the subtask. */
@Timeout(120)
class PartitionJobTest {
    private static final int SPLITS = 3;
    private static final int RECORDS_OF_A_SPLIT = 5_000;

    private final SubtaskSink sink = new SubtaskSink();

    private Job start(Partitioner<Event> partitioner, int parallelism) {
        List<List<Event>> parts = new ArrayList<>();
        for (int split = 0; split < SPLITS; split++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < RECORDS_OF_A_SPLIT; i++) {
                events.add(new Event("split" + split, i, i));
            }
            parts.add(events);
        }
        Pipeline pipeline = Pipeline.create("apart");
        pipeline.readFrom(ListSource.bounded(Duration.ZERO, parts))
                .partitionBy(partitioner)
                .writeTo(sink);
        return EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void eachRecordComesToTheSubtaskThatWasChosenInOrder(int parallelism)
            throws InterruptedException {
        try (Job job =
                start((event, subtasks) -> (int) (event.value() / 7 % subtasks), parallelism)) {
            job.await();
        }

        assertThat(sink.written()).hasSize(parallelism);
        sink.written()
                .forEach(
                        (subtask, records) -> {
                            assertThat(records)
                                    .allMatch(
                                            record ->
                                                    ((Event) record).value() / 7 % parallelism
                                                            == subtask);
                            for (int split = 0; split < SPLITS; split++) {
                                assertThat(ofSplit(records, "split" + split)).isSorted();
                            }
                        });
        assertThat(sink.written().values().stream().mapToInt(List::size).sum())
                .isEqualTo(SPLITS * RECORDS_OF_A_SPLIT);
    }

    private static List<Long> ofSplit(List<Object> records, String split) {
        return records.stream()
                .map(Event.class::cast)
                .filter(event -> event.key().equals(split))
                .map(Event::value)
                .toList();
    }

    @Test
    void oneSubtaskIsNotChosen() throws InterruptedException {
        try (Job job =
                start(
                        (event, subtasks) -> {
                            throw new IllegalStateException("called");
                        },
                        1)) {
            job.await();
        }

        assertThat(sink.written().get(0)).hasSize(SPLITS * RECORDS_OF_A_SPLIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MIN_VALUE})
    void aResultThatIsNoSubtaskFailsTheJobAndSaysWhatIsOne(int result) {
        try (Job job = start((event, subtasks) -> event.value() == 99 ? result : 1, 2)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step partition-by-1 failed")
                    .hasMessageContaining(
                            "the partitioner returned "
                                    + result
                                    + " for 2 subtasks: return 0 to 1; record Event[key=split")
                    .hasMessageContaining("value=99]");
        }
    }

    @Test
    void aPartitionerThatThrowsFailsTheJobAndIsNamed() {
        try (Job job =
                start(
                        (event, subtasks) -> {
                            throw new IllegalStateException("no shard for it");
                        },
                        2)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step partition-by-1 failed")
                    .hasMessageContaining("no shard for it")
                    .hasMessageContaining("record Event[key=split");
        }
    }
}
