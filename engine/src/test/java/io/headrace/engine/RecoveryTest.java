package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.connector.ConnectorException;
import io.headrace.kernel.chain.StepFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RecoveryTest {
    private static final Runnable NOTHING = () -> {};

    @TempDir Path directory;
    private final Workload workload = new Workload(2_000, Seed.random(2));
    private final MemorySink sink = new MemorySink();

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(5));
    }

    private void assertPublishedOnce() {
        assertThat(Workload.withoutHistories(sink.published()))
                .as(Seed.repeat(2))
                .isEqualTo(workload.expected());
        assertThat(Workload.histories(sink.published())).isEqualTo(workload.expectedHistories());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void givesUpAFunctionThatAlwaysFailsAndNamesStepKeyAndRecord(int parallelism) {
        AtomicInteger calls = new AtomicInteger();
        Job job =
                runner(parallelism)
                        .checkpointInterval(Duration.ofHours(1)) // One would be progress.
                        .start(
                                workload.pipeline(
                                        workload.source(),
                                        sink,
                                        event -> {
                                            calls.incrementAndGet();
                                            throw new IllegalStateException("never");
                                        }));

        assertThatThrownBy(job::await)
                .isInstanceOf(JobFailedException.class)
                .hasCauseInstanceOf(StepFailure.class)
                .hasMessageContaining("step map-2 failed: java.lang.IllegalStateException: never")
                .hasMessageContaining("; key k")
                .hasMessageContaining("; record Event[key=k")
                .hasMessageContaining("3 times in a row");
        assertThat(job.status()).isEqualTo(Job.Status.FAILED);
        assertThat(job.metrics().failures()).hasSize(2); // The third led to no restart.
        assertThat(calls.get()).isBetween(3, 3 * parallelism);
        job.close();
    }

    @Test
    void givesUpAfterThreeTriesThoughThereWasACheckpointBeforeTheFirst() {
        ListSource source = workload.source().visible(500);
        Job job =
                runner(1)
                        .start(
                                workload.pipeline(
                                        source,
                                        sink,
                                        event -> {
                                            if (event.value() / 4 == 900) {
                                                throw new IllegalStateException("always there");
                                            }
                                            return event;
                                        }));
        Wait.until("a checkpoint", () -> job.metrics().checkpoints() > 0);
        source.visible(2_000);

        assertThatThrownBy(job::await)
                .hasMessageContaining("always there")
                .hasMessageContaining("3 times in a row");
        job.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void survivesAFunctionThatFailsOnce(int parallelism) throws InterruptedException {
        AtomicBoolean failed = new AtomicBoolean();
        AtomicBoolean armed = new AtomicBoolean();
        ListSource source = workload.source().visible(500);
        try (Job job =
                runner(parallelism)
                        .start(
                                workload.pipeline(
                                        source,
                                        sink,
                                        event -> {
                                            if (armed.get() && failed.compareAndSet(false, true)) {
                                                throw new IllegalStateException("once");
                                            }
                                            return event;
                                        }))) {
            Wait.until("a checkpoint", () -> job.metrics().checkpoints() > 0);
            armed.set(true);
            source.visible(2_000);
            job.await();

            assertThat(job.status()).isEqualTo(Job.Status.FINISHED);
            assertThat(job.metrics().recoveries()).isEqualTo(1);
            assertThat(job.metrics().failures()).hasSize(1);
            assertThat(job.metrics().step("events").in()).isEqualTo(workload.records());
        }
        assertPublishedOnce();
    }

    @Test
    void countsWhatIsReadAgainFromTheBeginningToo() throws InterruptedException {
        AtomicBoolean failed = new AtomicBoolean();
        AtomicLong called = new AtomicLong();
        Pipeline pipeline =
                workload.pipeline(
                        workload.source(),
                        sink,
                        event -> {
                            if (called.incrementAndGet() > 300
                                    && failed.compareAndSet(false, true)) {
                                throw new IllegalStateException("before any checkpoint");
                            }
                            return event;
                        });

        try (Job job = runner(1).checkpointInterval(Duration.ofHours(1)).start(pipeline)) {
            job.await();

            assertThat(job.metrics().recoveries()).isEqualTo(1);
            assertThat(job.metrics().replayed()).isEqualTo(called.get() - workload.records());
        }
        assertPublishedOnce();
    }

    @Test
    void readsAgainAtMostWhatWasReadInTwoCheckpointIntervals() throws InterruptedException {
        final int visibleStep = 100;
        AtomicLong calls = new AtomicLong();
        ListSource source = workload.source().visible(0);
        try (Job job =
                runner(4)
                        .start(
                                workload.pipeline(
                                        source,
                                        sink,
                                        event -> {
                                            if (calls.incrementAndGet() % 2_050 == 0) {
                                                throw new IllegalStateException("now and again");
                                            }
                                            return event;
                                        }))) {
            for (int visible = visibleStep; visible <= 2_000; visible += visibleStep) {
                untilReadAndSaved(job, source, visible);
            }
            job.await();

            JobMetrics metrics = job.metrics();
            assertThat(metrics.recoveries()).isGreaterThanOrEqualTo(3);
            assertThat(metrics.replayed())
                    .isPositive()
                    .isLessThanOrEqualTo(metrics.recoveries() * 2 * visibleStep * 4);
        }
        assertPublishedOnce();
    }

    /** Of two checkpoints, the second one began when all but the last records were read. */
    private static void untilReadAndSaved(Job job, ListSource source, int visible) {
        source.visible(visible - 2);
        Wait.until("records", () -> job.metrics().step("events").in() >= (visible - 2) * 4L);
        untilSaved(job, source, visible - 1);
        untilSaved(job, source, visible);
    }

    private static void untilSaved(Job job, ListSource source, int visible) {
        long before = job.metrics().checkpoints();
        source.visible(visible);
        Wait.until(
                "a checkpoint",
                () -> job.metrics().checkpoints() > before || job.status() == Job.Status.FINISHED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void triesASinkAgainHoweverOftenItIsAway(int parallelism) throws InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        Runnable away =
                () -> {
                    if (writes.incrementAndGet() <= 5) {
                        throw ConnectorException.retryable("the target is away", null);
                    }
                };
        try (Job job =
                runner(parallelism)
                        .start(
                                workload.pipeline(
                                        workload.source(), new HookedSink(sink, NOTHING, away)))) {
            job.await();

            assertThat(job.metrics().failures())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(failure -> failure.contains("the target is away"));
        }
        assertPublishedOnce();
    }

    @Test
    void goesOnThoughASinkCannotBeOpenedWhileItRestarts() throws InterruptedException {
        AtomicBoolean failed = new AtomicBoolean();
        AtomicInteger opened = new AtomicInteger();
        Runnable beforeWriter =
                () -> {
                    int count = opened.incrementAndGet(); // The first start opens three writers.
                    if (count == 4 || count == 5) {
                        throw ConnectorException.retryable("the target is still away", null);
                    }
                };
        Runnable beforeWrite =
                () -> {
                    if (failed.compareAndSet(false, true)) {
                        throw ConnectorException.retryable("the target went away", null);
                    }
                };
        try (Job job =
                runner(1)
                        .start(
                                workload.pipeline(
                                        workload.source(),
                                        new HookedSink(sink, beforeWriter, beforeWrite)))) {
            job.await();

            assertThat(job.metrics().failures()).hasSize(3);
        }
        assertPublishedOnce();
    }

    @Test
    void endsAtOnceIfASinkSaysThatItIsOfNoUseToTryAgain() {
        Runnable broken =
                () -> {
                    throw ConnectorException.fatal("no such table", null);
                };
        Job job =
                runner(1)
                        .start(
                                workload.pipeline(
                                        workload.source(), new HookedSink(sink, NOTHING, broken)));

        assertThatThrownBy(job::await)
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("no such table");
        assertThat(job.metrics().failures()).isEmpty(); // None led to a restart.
        job.close();
    }

    @Test
    void isCancelledWhileItWaitsForARestart() throws InterruptedException {
        Runnable away =
                () -> {
                    throw ConnectorException.retryable("the target is away", null);
                };
        Job job =
                runner(1)
                        .start(
                                workload.pipeline(
                                        workload.source(), new HookedSink(sink, NOTHING, away)));
        Wait.until("a few failures", () -> job.metrics().failures().size() >= 2);
        Wait.until("a restart", () -> job.status() == Job.Status.RESTARTING);

        job.cancel();
        job.await();

        assertThat(job.status()).isEqualTo(Job.Status.STOPPED);
    }
}
