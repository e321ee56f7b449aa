package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.BroadcastStream;
import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.Runner;
import io.headrace.connector.EventTime;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Output;
import io.headrace.state.MapState;
import io.headrace.state.ValueState;
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

/** On Flink too a record sees the rules of its time, before and behind a failure. */
class FlinkBroadcastTest {
    private static final int PAYMENTS = 4_000;
    private static final int RULES = 200;
    private static final int FAILS_AT = 2_500;

    /** How many payments this process has seen, over all attempts. */
    private static final AtomicInteger SEEN = new AtomicInteger();

    /** A payment. */
    record Payment(long time, String account, long amount) {}

    /** From its time on payments of an account count with this weight. */
    record Rule(long time, String account, long weight) {}

    /** A payment under the rule of its time. */
    record Weighed(String account, long time, long number, long weighed) {}

    @TempDir private Path directory;

    static final class Weighing extends BroadcastProcessFunction<String, Payment, Rule, Weighed> {
        private final MapState<String, Long> weights =
                broadcastState("weights", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);

        @Override
        public void processControl(Rule rule, ControlContext context) {
            weights.put(rule.account(), rule.weight());
        }

        @Override
        public void process(Payment payment, Context<String> context, Output<Weighed> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            Long weight = weights.get(payment.account());
            out.emit(
                    new Weighed(
                            payment.account(),
                            payment.time(),
                            count.get(),
                            weight == null ? -1 : weight * payment.amount()));
        }
    }

    private static Payment failing(Payment payment, int failsAt) {
        if (SEEN.incrementAndGet() == failsAt) {
            throw new IllegalStateException("as planned");
        }
        LockSupport.parkNanos(100_000); // Several checkpoints are taken meanwhile.
        return payment;
    }

    private Pipeline weighed(String out, int failsAt) {
        Pipeline pipeline = Pipeline.create("weighed").keyGroups(16);
        BroadcastStream<Rule> rules =
                pipeline.readFrom(
                                "rules",
                                Files.csv(directory.resolve("rules.csv").toString(), Rule.class)
                                        .eventTime(
                                                EventTime.ofMillis(
                                                        Rule::time, Duration.ofSeconds(1))))
                        .broadcast();
        pipeline.readFrom(
                        "payments",
                        Files.csv(directory.resolve("payments.csv").toString(), Payment.class)
                                .eventTime(
                                        EventTime.ofMillis(Payment::time, Duration.ofSeconds(1))))
                .map(payment -> failing(payment, failsAt))
                .keyBy(Payment::account)
                .connect(rules)
                .process("weighing", Weighing::new)
                .writeTo("weighed", Files.jsonLinesTo(directory.resolve(out), Weighed.class));
        return pipeline;
    }

    private void writeInputs() throws IOException {
        Random random = new Random(3);
        List<String> payments = new ArrayList<>(List.of("time,account,amount"));
        for (int row = 0; row < PAYMENTS; row++) {
            long time = row * 50L - random.nextInt(900);
            payments.add(time + ",a" + random.nextInt(20) + "," + random.nextInt(1_000));
        }
        List<String> rules = new ArrayList<>(List.of("time,account,weight"));
        for (int row = 0; row < RULES; row++) {
            long time = row * 50L * PAYMENTS / RULES - random.nextInt(900);
            rules.add(time + ",a" + random.nextInt(20) + "," + random.nextInt(100));
        }
        java.nio.file.Files.write(directory.resolve("payments.csv"), payments);
        java.nio.file.Files.write(directory.resolve("rules.csv"), rules);
    }

    private List<String> run(Runner runner, String out, int failsAt) throws Exception {
        SEEN.set(0);
        try (Job job = runner.start(weighed(out, failsAt))) {
            job.await();
        }
        return PublishedLines.sorted(directory.resolve(out));
    }

    @Test
    void aRecordSeesTheRulesOfItsTimeThoughTheJobFailsOnce() throws Exception {
        writeInputs();
        List<String> expected = run(EmbeddedRunner.inMemory(), "expected", 0);

        List<String> found =
                run(
                        FlinkRunner.create(directory.resolve("scratch"))
                                .parallelism(2)
                                .checkpointInterval(Duration.ofMillis(50))
                                .option("restart-strategy.type", "fixed-delay")
                                .option("restart-strategy.fixed-delay.delay", "10ms"),
                        "found",
                        FAILS_AT);

        assertThat(SEEN.get()).as("payments, those read twice among them").isGreaterThan(PAYMENTS);
        assertThat(SEEN.get()).as("went on from a checkpoint").isLessThan(PAYMENTS + FAILS_AT);
        assertThat(found).hasSize(PAYMENTS).isEqualTo(expected);
    }
}
