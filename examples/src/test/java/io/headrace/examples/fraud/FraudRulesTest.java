package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testkit.PipelineTester;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the pipeline decides about single cards, without files. */
class FraudRulesTest {
    private static final FraudFiles FILES =
            new FraudFiles(
                    Path.of("transactions.csv"),
                    Path.of("labels.csv"),
                    Map.of(),
                    Map.of(),
                    Duration.ZERO,
                    Path.of("features"),
                    Path.of("alerts"));

    private static final Instant START = Instant.parse("2018-04-01T12:00:00Z");
    private static final long CARD = 7;
    private static final long TERMINAL = 3;

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }

    private static Transaction payment(long id, int day, String amount) {
        return new Transaction(id, day(day), CARD, TERMINAL, new BigDecimal(amount));
    }

    // tag::tester[]
    @Test
    void remembersTheHabitsOfACardOverACrash() {
        var pipeline = FraudPipeline.of(FILES, FraudObservers.NONE);
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(2).start()) {
            var transactions = tester.source(FraudPipeline.TRANSACTIONS).split(0);
            tester.source(FraudPipeline.LABELS).end();
            for (int day = 0; day < 10; day++) {
                transactions.record(payment(day, day, "20.00"));
            }
            transactions.watermark(day(9));
            tester.sink(FraudPipeline.ALERTS).expectNothing();

            tester.checkpoint();
            tester.restart(4);
            transactions.record(payment(10, 10, "199.00")).watermark(day(10));

            var alerts = tester.sink(FraudPipeline.ALERTS, Alert.class).drain();
            assertThat(alerts)
                    .singleElement()
                    .extracting(Alert::decision)
                    .isEqualTo(Decision.BLOCK);
        }
    }

    // end::tester[]

    @Test
    void findsNothingOddInALargeAmountWithoutHabits() {
        var pipeline = FraudPipeline.of(FILES, FraudObservers.NONE);
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source(FraudPipeline.TRANSACTIONS).records(payment(1, 0, "199.00"));
            tester.end();

            tester.sink(FraudPipeline.ALERTS).expectNothing();
            assertThat(tester.sink(FraudPipeline.FEATURES, Scored.class).values())
                    .extracting(Scored::decision)
                    .containsExactly(Decision.APPROVE);
        }
    }

    @Test
    void suspectsATerminalOnceItsFraudsAreKnownAndNotBefore() {
        var pipeline = FraudPipeline.of(FILES, FraudObservers.NONE);
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(2).start()) {
            var transactions = tester.source(FraudPipeline.TRANSACTIONS).split(0);
            var labels = tester.source(FraudPipeline.LABELS).split(0);
            var features = tester.sink(FraudPipeline.FEATURES, Scored.class);
            transactions.record(payment(1, 0, "20.00")).record(payment(2, 0, "20.00"));
            transactions.record(payment(3, 6, "20.00")).watermark(day(6));
            labels.watermark(day(6));
            assertThat(features.drain()).extracting(Scored::terminalFraudRate7d).containsOnly(0.0);

            labels.record(new Label(1, day(7), 1, 2)).record(new Label(2, day(7), 1, 2));
            transactions.record(payment(4, 8, "20.00")).watermark(day(8));
            labels.watermark(day(8));

            assertThat(features.drain())
                    .singleElement()
                    .extracting(Scored::terminalFraudRate7d)
                    .isEqualTo(1.0);
        }
    }
}
