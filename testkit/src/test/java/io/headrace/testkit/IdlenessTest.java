package io.headrace.testkit;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.function.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdlenessTest {
    private static final Side<Event> LATE = Side.of("late", Event.class);

    record Event(long time) {}

    private static Pipeline counts() {
        Pipeline pipeline = Pipeline.create("counts");
        pipeline.readFrom(FedSource.of("in", Event.class).eventTimeMillis(Event::time))
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
