package io.headrace.testkit;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.connector.EventTime;
import io.headrace.connector.WatermarkGenerator;
import io.headrace.function.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SplitTimeTest {
    private static final Side<Event> LATE = Side.of("late", Event.class);

    record Event(long time) {}

    private static Pipeline counts() {
        return counts(EventTime.ascendingMillis(Event::time));
    }

    private static Pipeline counts(EventTime<Event> time) {
        Pipeline pipeline = Pipeline.create("counts");
        pipeline.readFrom(FedSource.of("in", Event.class).eventTime(time))
                .keyBy(event -> "all")
                .window(Windows.tumbling(Duration.ofMillis(100)))
                .lateTo(LATE)
                .aggregate("counts", Aggregates.count())
                .writeTo("out", new CollectingSink("out"));
        return pipeline;
    }

    @Test
    void isHeldBackAgainWhenTheSourceOfAnIdleSplitRaisesItsWatermark() {
        try (PipelineTester tester = PipelineTester.of(counts()).splits("in", 2).start()) {
            TestSource in = tester.source("in");
            in.split(0).record(new Event(5));
            in.split(1).watermark(20).idle();
            tester.settle();

            in.split(1).watermark(50);
            in.split(0).watermark(150);
            tester.sink("out").expectNothing();
            in.split(1).watermark(99);

            tester.sink("out").expect(1L);
        }
    }

    /** Every third record of a split closes the time in front of it. */
    private record EveryThird() implements WatermarkGenerator<Event> {
        @Override
        public long onRecord(Event event, long timestampMillis, Progress split) {
            return split.state()[0]++ % 3 == 2 ? timestampMillis - 1 : split.watermarkMillis();
        }

        @Override
        public int stateLength() {
            return 1;
        }
    }

    @Test
    void movesTimeAsTheGeneratorOfTheSourceSays() {
        EventTime<Event> time = EventTime.ofMillis(Event::time, new EveryThird());
        try (PipelineTester tester = PipelineTester.of(counts(time)).splits("in", 2).start()) {
            TestSource in = tester.source("in");
            in.split(0).record(new Event(5)).record(new Event(300));
            in.split(1).record(new Event(6)).record(new Event(7)).record(new Event(400));
            tester.checkpoint();
            tester.sink("out").expectNothing();

            tester.restart(2);
            in.split(0).record(new Event(100));
            tester.sink("out").expect(3L);
            in.split(0).record(new Event(99));

            tester.side(LATE).expect(new Event(99));
        }
    }

    @Test
    void appliesTheWatermarkThatWakesASplitBeforeItsNextRecord() {
        try (PipelineTester tester = PipelineTester.of(counts()).start()) {
            TestSplit in = tester.source("in").split(0).idle();
            tester.settle();

            in.watermark(200).record(new Event(150)).watermark(500);

            tester.sink("out").expectNothing();
            tester.side(LATE).expect(new Event(150));
        }
    }
}
