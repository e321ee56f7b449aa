package io.headrace.examples;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Triggers;
import io.headrace.Windows;
import io.headrace.function.Side;
import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.graph.Step;
import io.headrace.state.ReducingState;
import io.headrace.state.Timer;
import io.headrace.testkit.FedSource;
import io.headrace.testkit.Outputs;
import io.headrace.testkit.PipelineTester;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The programs of the guide to windows. */
class WindowsGuideTest {
    record Payment(String shop, long time, long cents) {}

    private static final Side<Payment> LATE = Side.of("late", Payment.class);

    private static DataStream<String> perMinute(KeyedStream<String, Payment> payments) {
        // tag::window[]
        return payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .lateTo(LATE)
                .aggregate(
                        "per-minute",
                        Aggregates.sumLong(Payment::cents),
                        (shop, window, cents) -> shop + " " + window.startMillis() + " " + cents);
        // end::window[]
    }

    private static DataStream<String> perHour(KeyedStream<String, Payment> payments) {
        // tag::trigger[]
        return payments.window(Windows.tumbling(Duration.ofHours(1)))
                .allowedLateness(Duration.ofMinutes(10))
                .trigger(
                        Triggers.afterWatermark()
                                .early(Triggers.every(Duration.ofSeconds(10)))
                                .late(Triggers.everyRecords(1)))
                .accumulating()
                .aggregate(
                        "per-hour",
                        Aggregates.sumLong(Payment::cents),
                        (shop, window, pane, cents) ->
                                shop + " " + cents + " " + pane.index() + " " + pane.timing());
        // end::trigger[]
    }

    // tag::own[]
    /** Fires as soon as a window has so many cents, and at its end. */
    static final class AtCents extends Trigger<Payment> {
        private static final long ENOUGH = 10_000;

        private final ReducingState<Long> cents = reducingState("cents", Long.class, Long::sum);
        private final Timer end = eventTimeTimer("end");

        @Override
        public Result onElement(Payment payment, long timestamp, TriggerContext context) {
            end.set(context.window().endMillis() - 1);
            cents.add(payment.cents());
            return cents.get() >= ENOUGH ? Result.FIRE : Result.CONTINUE;
        }

        @Override
        public Result onTimer(String timer, long time, TriggerContext context) {
            return Result.FIRE;
        }

        @Override
        public void onFired(TriggerContext context) {
            cents.clear();
        }

        @Override
        public boolean merges() {
            return true; // A session that grows comes with a record, which sets the timer anew.
        }
    }

    // end::own[]

    private static Pipeline pipeline(
            Function<KeyedStream<String, Payment>, DataStream<String>> windowed) {
        Pipeline pipeline = Pipeline.create("payments");
        KeyedStream<String, Payment> payments =
                pipeline.readFrom(
                                FedSource.of("payments", Payment.class)
                                        .eventTimeMillis(Payment::time))
                        .keyBy(Payment::shop);
        windowed.apply(payments).forEach(line -> {});
        return pipeline;
    }

    private static Outputs<String> lines(PipelineTester tester, Pipeline pipeline) {
        List<Step> steps = pipeline.graph().steps();
        return tester.sink(steps.get(steps.size() - 1).name(), String.class);
    }

    @Test
    void firesAtTheEndAndForLateRecords() {
        Pipeline pipeline = pipeline(WindowsGuideTest::perMinute);
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("payments").records(new Payment("a", 1, 5)).watermark(59_999);
            lines(tester, pipeline).expect("a 0 5");
            tester.source("payments").records(new Payment("a", 2, 7)).watermark(359_999);
            lines(tester, pipeline).expect("a 0 12");
            tester.source("payments").records(new Payment("a", 3, 9));

            tester.side(LATE).expect(new Payment("a", 3, 9));
        }
    }

    @Test
    void firesEarlyOnTimeAndLate() {
        Pipeline pipeline = pipeline(WindowsGuideTest::perHour);
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("payments").records(new Payment("a", 1, 5));
            tester.advanceProcessingTime(Duration.ofSeconds(10));
            tester.source("payments").records(new Payment("a", 2, 7)).watermark(3_599_999);
            tester.source("payments").records(new Payment("a", 3, 9));

            lines(tester, pipeline).expect("a 5 0 EARLY", "a 12 1 ON_TIME", "a 21 2 LATE");
        }
    }

    @Test
    void firesWhenATriggerOfOnesOwnSaysSo() {
        Pipeline pipeline =
                pipeline(
                        payments ->
                                payments.window(Windows.session(Duration.ofSeconds(1)))
                                        .trigger(AtCents::new)
                                        .discarding()
                                        .aggregate(
                                                "sums",
                                                Aggregates.sumLong(Payment::cents),
                                                (shop, window, pane, cents) ->
                                                        pane.timing() + " " + cents));
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("payments")
                    .records(
                            new Payment("a", 1, 6_000),
                            new Payment("a", 1_500, 5_000),
                            new Payment("a", 900, 1),
                            new Payment("a", 2_000, 7))
                    .watermark(2_999);

            lines(tester, pipeline).expect("EARLY 11001", "ON_TIME 7");
        }
    }
}
