package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EmbeddedRunnerTest {
    @TempDir Path directory;
    private final Workload workload = new Workload(3_000, Seed.random(1));
    private final MemorySink sink = new MemorySink();

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(5));
    }

    private void assertPublishedOnce(List<String> published) {
        assertThat(Workload.withoutHistories(published))
                .as(Seed.repeat(1))
                .isEqualTo(workload.expected());
        assertThat(Workload.histories(published)).isEqualTo(workload.expectedHistories());
    }

    private static void untilRead(Job job, long records) {
        Wait.until(records + " records read", () -> job.metrics().step("running").in() >= records);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void givesTheSameResultsAtEveryParallelism(int parallelism) throws InterruptedException {
        try (Job job = runner(parallelism).start(workload.pipeline(workload.source(), sink))) {
            job.await();

            assertThat(job.status()).isEqualTo(Job.Status.FINISHED);
        }
        assertPublishedOnce(sink.published());
    }

    @Test
    void givesTheSameResultsInMemory() throws InterruptedException {
        try (Job job =
                EmbeddedRunner.inMemory()
                        .parallelism(2)
                        .start(workload.pipeline(workload.source(), sink))) {
            job.await();
        }

        assertPublishedOnce(sink.published());
    }

    @ParameterizedTest(name = "parallelism {0}, then {1}")
    @CsvSource({"1, 1", "2, 3", "3, 1"})
    void goesOnWithoutRepeatingWhereItWasStopped(int before, int after)
            throws InterruptedException {
        ListSource source = workload.source().visible(1_500);
        try (Job job = runner(before).start(workload.pipeline(source, sink))) {
            untilRead(job, 1_000L * before);
            job.stop();

            assertThat(job.status()).isEqualTo(Job.Status.STOPPED);
        }

        try (Job job = runner(after).start(workload.pipeline(workload.source(), sink))) {
            job.await();

            assertThat(job.metrics().recoveries()).isEqualTo(1);
            assertThat(job.metrics().replayed()).isZero();
            assertThat(job.metrics().step("events").in()).isEqualTo(workload.records());
        }
        assertPublishedOnce(sink.published());
    }

    @Test
    void goesOnWithoutRepeatingWhereItWasCancelledAgainAndAgain() throws InterruptedException {
        long checkpoints = 0;
        for (int visible = 300; visible < 3_000; visible += 300) {
            ListSource source = workload.source().visible(visible);
            try (Job job = runner(1 + visible / 300 % 3).start(workload.pipeline(source, sink))) {
                checkpoints = Wait.untilCheckpoint(job, checkpoints);
            }
        }

        try (Job job = runner(2).start(workload.pipeline(workload.source(), sink))) {
            job.await();
        }

        assertPublishedOnce(sink.published());
    }

    @ParameterizedTest(name = "parallelism {0}, then {1}")
    @CsvSource({"1, 3", "2, 1", "3, 2"})
    void startsANewLineageFromASavepointAtAnotherParallelism(int before, int after)
            throws InterruptedException {
        ListSource source = workload.source().visible(1_500);
        Path savepoint;
        List<String> published;
        try (Job job = runner(before).start(workload.pipeline(source, sink))) {
            untilRead(job, 1_500L * before);
            for (int i = 0; i < 3; i++) { // Sinks have some epochs behind them.
                job.savepoint(directory.resolve("earlier-" + i));
            }
            savepoint = job.savepoint(directory.resolve("savepoint"));
            published = new ArrayList<>(sink.published());
        }
        MemorySink fork = new MemorySink();

        try (Job job =
                EmbeddedRunner.with(directory.resolve("fork"))
                        .parallelism(after)
                        .from(savepoint)
                        .start(workload.pipeline(workload.source(), fork))) {
            job.await();
        }

        published.addAll(fork.published());
        published.sort(null);
        assertPublishedOnce(published);
    }

    @Test
    void writesASavepointWhileCheckpointsComeAndGo() throws InterruptedException {
        ListSource source = workload.source().visible(1_000);
        EmbeddedRunner quick = runner(2).checkpointInterval(Duration.ofMillis(1));

        try (Job job = quick.start(workload.pipeline(source, sink))) {
            for (int i = 0; i < 20; i++) {
                source.visible(1_000 + 100 * i);
                Path savepoint = job.savepoint(directory.resolve("savepoint-" + i));

                assertThat(savepoint.resolve("manifest.json")).exists();
            }
        }
    }

    @Test
    void reportsAFinishedJobAsFinishedAndChangesNothing() throws InterruptedException {
        JobMetrics first;
        try (Job job = runner(2).start(workload.pipeline(workload.source(), sink))) {
            job.await();
            first = job.metrics();
        }

        try (Job again = runner(1).start(workload.pipeline(workload.source(), sink))) {
            again.await();

            assertThat(again.status()).isEqualTo(Job.Status.FINISHED);
            assertThat(again.metrics().steps())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                            "frequentKeys", "inBySubtask")
                    .isEqualTo(first.steps());
            assertThat(again.metrics().checkpoints()).isEqualTo(first.checkpoints());
        }
        assertPublishedOnce(sink.published());
    }

    @Test
    void refusesASecondJobOnADirectoryInUse() {
        ListSource source = workload.source().visible(10);
        try (Job job = runner(1).start(workload.pipeline(source, sink))) {
            assertThatThrownBy(() -> runner(1).start(workload.pipeline(workload.source(), sink)))
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("in use");
            assertThat(job.status()).isEqualTo(Job.Status.RUNNING);
        }
    }

    @Test
    void accountsForEveryRecord() throws InterruptedException {
        JobMetrics metrics;
        try (Job job = runner(2).start(workload.pipeline(workload.source(), sink))) {
            job.await();
            metrics = job.metrics();
        }

        long records = workload.records();
        for (JobMetrics.StepMetrics step : metrics.steps()) {
            assertThat(step.late()).as(step.name()).isZero();
            assertThat(step.deadLetters()).as(step.name()).isZero();
        }
        for (String step : List.of("events", "key-by-1", "map-2", "sums", "history", "running")) {
            assertThat(metrics.step(step).in()).as(step).isEqualTo(records);
        }
        for (String step : List.of("sums", "history", "running")) {
            long out = metrics.step(step).out();
            assertThat(metrics.step(step + "-out").in()).isEqualTo(out);
            assertThat(metrics.step(step + "-out").committed()).isEqualTo(out);
        }
        assertThat(metrics.checkpoints()).isPositive();
        assertThat(metrics.recoveries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void accountsForLateRecordsAndNullKeys(int parallelism) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            boolean late = i >= 1_000 && i % 10 == 0;
            events.add(new Event(i % 4 == 0 ? null : "k", late ? 1 : i + 1_000, i));
        }
        Queue<Object> letters = new ConcurrentLinkedQueue<>();
        Pipeline pipeline = Pipeline.create("late");
        pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of(events)))
                .keyBy(Event::key, Type.of(String.class))
                .lookBack(Duration.ofMillis(10))
                .aggregate(
                        "history",
                        io.headrace.Aggregates.count(),
                        (event, counts) -> event.value() + " " + counts)
                .forEach(line -> {});
        pipeline.deadLetters().forEach(letters::add);

        JobMetrics metrics;
        try (Job job = EmbeddedRunner.inMemory().parallelism(parallelism).start(pipeline)) {
            job.await();
            metrics = job.metrics();
        }

        assertThat(metrics.step("key-by-1").deadLetters()).isEqualTo(500);
        assertThat(metrics.step("key-by-1").out()).isEqualTo(1_500);
        assertThat(letters).hasSize(500);
        assertThat(metrics.step("history").in()).isEqualTo(1_500);
        assertThat(metrics.step("history").late()).isEqualTo(50);
        assertThat(metrics.step("history").out()).isEqualTo(1_450);
    }

    @Test
    void leavesNoThreadsBehind() {
        for (int i = 0; i < 100; i++) {
            ListSource source = workload.source().visible(i);
            Path state = directory.resolve("state-" + i % 3);
            EmbeddedRunner runner =
                    i % 2 == 0 ? EmbeddedRunner.inMemory() : EmbeddedRunner.with(state);
            runner.parallelism(2).start(workload.pipeline(source, sink)).close();
        }

        Wait.until(
                "no thread is left",
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(one -> one.getName().startsWith("headrace-workload")));
    }

    @Test
    void stopsTwiceAndClosesTwice() throws InterruptedException {
        ListSource source = workload.source().visible(10);
        Job job = runner(1).start(workload.pipeline(source, sink));

        job.stop();
        job.stop();
        job.close();
        job.close();

        assertThat(job.status()).isEqualTo(Job.Status.STOPPED);
        assertThatThrownBy(() -> job.savepoint(directory.resolve("savepoint")))
                .isInstanceOf(IllegalStateException.class);
    }
}
