package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Runner;
import io.headrace.Windows;
import io.headrace.connector.EventTime;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on Flink that fail on the way show each result once. */
class FlinkFailureTest {
    private static final int ROWS = 6_000;
    private static final int FAILS_AT = 4_500;
    private static final Side<Round> ROUND = new Side<>("round", Type.of(Round.class));

    /** How many records this process has seen, over all attempts. */
    private static final AtomicInteger SEEN = new AtomicInteger();

    /** A withdrawal. */
    record Withdrawal(long time, String account, long amount) {}

    /** A withdrawal of a round amount. */
    record Round(String account, long amount) {}

    /** What is known of an account at the end of a period. */
    record Summary(String account, long at, long count, List<Long> amounts, int kinds) {}

    @TempDir private Path directory;

    /** Sums accounts up at the end of each 10 s, with a state of each kind. */
    static final class Summing extends ProcessFunction<String, Withdrawal, Summary> {
        private static final long PERIOD_MILLIS = 10_000;

        private final ValueState<Long> count = valueState("count", Long.class);
        private final ListState<Withdrawal> open = listState("open", Withdrawal.class);
        private final MapState<Long, Long> kinds = mapState("kinds", Long.class, Long.class);
        private final Timer end = eventTimeTimer("end");
        private final Side<Round> round = sideOutput(ROUND);

        @Override
        public void process(Withdrawal value, Context<String> context, Output<Summary> out) {
            open.add(value);
            end.set(Math.min(endOf(value), end.time().orElse(Long.MAX_VALUE)));
            if (value.amount() % 100 == 0) {
                context.emit(round, new Round(value.account(), value.amount()));
            }
        }

        private static long endOf(Withdrawal value) {
            return Math.floorDiv(value.time(), PERIOD_MILLIS) * PERIOD_MILLIS + PERIOD_MILLIS;
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<Summary> out) {
            List<Withdrawal> left = new ArrayList<>();
            List<Long> amounts = new ArrayList<>();
            for (Withdrawal each : open.get()) {
                if (each.time() >= time) {
                    left.add(each);
                    end.set(Math.min(endOf(each), end.time().orElse(Long.MAX_VALUE)));
                } else {
                    amounts.add(each.amount());
                    Long same = kinds.get(each.amount() % 10);
                    kinds.put(each.amount() % 10, same == null ? 1 : same + 1);
                }
            }
            open.set(left);
            count.set((count.get() == null ? 0 : count.get()) + amounts.size());
            int different = 0;
            for (var ignored : kinds.entries()) {
                different++;
            }
            out.emit(new Summary(context.key(), time, count.get(), amounts, different));
        }
    }

    private static Withdrawal failing(Withdrawal value, int failsAt) {
        if (SEEN.incrementAndGet() == failsAt) {
            throw new IllegalStateException("as planned");
        }
        LockSupport.parkNanos(100_000); // Several checkpoints are taken meanwhile.
        return value;
    }

    private Pipeline summaries(String out, int failsAt) {
        Pipeline pipeline = Pipeline.create("summaries");
        KeyedStream<String, Withdrawal> withdrawals =
                pipeline.readFrom(
                                "withdrawals",
                                Files.csv(directory.resolve("in.csv").toString(), Withdrawal.class)
                                        .eventTime(
                                                EventTime.ofMillis(
                                                        Withdrawal::time, Duration.ofSeconds(1))))
                        .map(value -> failing(value, failsAt))
                        .keyBy(Withdrawal::account);
        DataStream<Summary> summaries = withdrawals.process("summing", Summing::new);
        summaries.writeTo("totals", Files.jsonLinesTo(target(out, "totals"), Summary.class));
        pipeline.side(ROUND).writeTo("round", Files.jsonLinesTo(target(out, "round"), Round.class));
        withdrawals
                .window(Windows.session(Duration.ofSeconds(5)))
                .aggregate(
                        "sessions",
                        Aggregates.sumLong(Withdrawal::amount),
                        (account, window, sum) ->
                                new Summary(account, window.endMillis(), sum, List.of(), 0))
                .writeTo("sums", Files.jsonLinesTo(target(out, "sums"), Summary.class));
        return pipeline;
    }

    private Path target(String out, String name) {
        return directory.resolve(out).resolve(name);
    }

    private void writeWithdrawals() throws IOException {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>(List.of("time,account,amount"));
        for (int row = 0; row < ROWS; row++) {
            long time = row * 50L - random.nextInt(900);
            lines.add(time + ",a" + random.nextInt(70) + "," + random.nextInt(1_000));
        }
        java.nio.file.Files.write(directory.resolve("in.csv"), lines);
    }

    private List<List<String>> run(Runner runner, String out, int failsAt) throws Exception {
        SEEN.set(0);
        try (Job job = runner.start(summaries(out, failsAt))) {
            job.await();
        }
        List<List<String>> all = new ArrayList<>();
        for (String sink : List.of("totals", "round", "sums")) {
            all.add(PublishedLines.sorted(target(out, sink)));
            assertThat(all.get(all.size() - 1)).as(sink).isNotEmpty();
        }
        return all;
    }

    private FlinkRunner flink(String backend) {
        return FlinkRunner.create(directory.resolve("scratch"))
                .parallelism(2)
                .checkpointInterval(Duration.ofMillis(50))
                .option("state.backend.type", backend);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aJobThatFailsOnceShowsEachResultOnce(String backend) throws Exception {
        writeWithdrawals();
        List<List<String>> expected = run(EmbeddedRunner.inMemory(), "expected", 0);

        List<List<String>> found =
                run(
                        flink(backend)
                                .option("restart-strategy.type", "fixed-delay")
                                .option("restart-strategy.fixed-delay.delay", "10ms"),
                        "found",
                        FAILS_AT);

        assertThat(SEEN.get()).as("records, those read twice among them").isGreaterThan(ROWS);
        assertThat(SEEN.get()).as("it went on from a checkpoint").isLessThan(ROWS + FAILS_AT);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aJobThatMayNotRestartFailsWithStepAndCause() throws Exception {
        writeWithdrawals();
        FlinkRunner runner = flink("hashmap").option("restart-strategy.type", "none");

        assertThatThrownBy(() -> run(runner, "found", 10))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("as planned")
                .hasStackTraceContaining("map-1");
    }
}
