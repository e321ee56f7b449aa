package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.testkit.FedSource;
import io.headrace.testkit.PipelineTester;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The programs of docs/guide/aggregates.md. */
class AggregatesGuideTest {
    record Bid(String id, String auction, String bidder, long cents, long time) {}

    record Minute(double median, long bidders, List<Bid> highest) {}

    // tag::minutes[]
    static KeyedStream<String, Minute> minutes(KeyedStream<String, Bid> bids) {
        return bids.deduplicate("once", Bid::id, Duration.ofMinutes(10))
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(
                        "minutes",
                        Aggregates.combined(
                                Aggregates.quantileDouble(Bid::cents, 0.5),
                                Aggregates.distinctApproximate(Bid::bidder),
                                Aggregates.topK(2, Bid::cents, Type.of(Bid.class)),
                                Minute::new));
    }

    // end::minutes[]

    // tag::records[]
    /** A bid passes when it is higher than all before. */
    static KeyedStream<String, Long> records(KeyedStream<String, Bid> bids) {
        return bids.runningAggregate("highest", Aggregates.maxLong(Bid::cents))
                .changes("records", highest -> highest);
    }

    // end::records[]

    @Test
    void aMinuteHasMedianBiddersAndHighestBids() {
        Pipeline pipeline = Pipeline.create("minutes");
        minutes(bids(pipeline)).forEach(minute -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("bids")
                    .records(
                            new Bid("1", "lamp", "ann", 500, 1_000),
                            new Bid("2", "lamp", "bob", 700, 2_000),
                            new Bid("2", "lamp", "bob", 700, 2_500),
                            new Bid("3", "lamp", "ann", 900, 3_000));
            tester.end();

            assertThat(tester.sink("for-each-4", Minute.class).drain())
                    .singleElement()
                    .satisfies(
                            minute -> {
                                assertThat(minute.median()).isEqualTo(700);
                                assertThat(minute.bidders()).isEqualTo(2);
                                assertThat(minute.highest())
                                        .extracting(Bid::cents)
                                        .containsExactly(900L, 700L);
                            });
        }
    }

    @Test
    void onlyTheHighestBidSoFarIsARecord() {
        Pipeline pipeline = Pipeline.create("records");
        records(bids(pipeline)).forEach(record -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("bids")
                    .records(
                            new Bid("1", "lamp", "ann", 500, 1_000),
                            new Bid("2", "lamp", "bob", 400, 2_000),
                            new Bid("3", "lamp", "bob", 600, 3_000));

            tester.sink("for-each-4", Long.class).expect(500L, 600L);
        }
    }

    private static KeyedStream<String, Bid> bids(Pipeline pipeline) {
        return pipeline.readFrom(FedSource.of("bids", Bid.class).eventTimeMillis(Bid::time))
                .keyBy(Bid::auction);
    }
}
