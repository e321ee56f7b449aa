package io.headrace.benchmarks;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Windows;
import java.time.Duration;

/** Query 12: how many bids did each bidder make in every 10 s of event time? */
final class BidsPerBidder implements Query {
    private static final long WINDOW_MILLIS = 10_000;

    /** What a window has: 20,000 persons sign in in 10 s, and 1,000 are active before. */
    private static final int BIDDERS = 21_000;

    /** The bids of one bidder in one window. */
    record BidCount(long bidder, long windowMillis, long bids) {}

    @Override
    public String name() {
        return "q12";
    }

    @Override
    public Checksum loop(long events) {
        final Loop loop = new Loop();
        for (long sequence = 0; sequence < events; sequence++) {
            final Event event = Nexmark.event(sequence);
            if (event instanceof Event.Bid bid) {
                loop.count(bid.bidder(), bid.timestampMillis());
            }
            loop.advance(event.timestampMillis());
        }
        loop.end();
        return loop.checksum;
    }

    @Override
    public Built pipeline(long events, int splits) {
        ChecksumSink<BidCount> sink =
                new ChecksumSink<>(row -> hash(row.bidder(), row.windowMillis(), row.bids()));
        Pipeline pipeline = Pipeline.create(name());
        pipeline.readFrom(NexmarkSource.events(events, splits))
                .filter(event -> event instanceof Event.Bid)
                .map(event -> (Event.Bid) event)
                .keyBy(Event.Bid::bidder)
                .window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)))
                .aggregate(
                        "bids",
                        Aggregates.count(),
                        (bidder, window, bids) -> new BidCount(bidder, window.startMillis(), bids))
                .writeTo(sink);
        return new Built(pipeline, sink);
    }

    static long hash(long bidder, long windowMillis, long bids) {
        return Nexmark.mix(windowMillis + 31 * (bidder + (bids << 32)));
    }

    /** Two windows are open at most, since no event is later than a window is long. */
    private static final class Loop {
        private final Checksum checksum = new Checksum();
        private LongCounts current = new LongCounts(BIDDERS);
        private LongCounts next = new LongCounts(BIDDERS);
        private long startMillis = Nexmark.START_MILLIS;
        private long latestMillis = Long.MIN_VALUE;

        void count(long bidder, long timestampMillis) {
            (timestampMillis < startMillis + WINDOW_MILLIS ? current : next).increment(bidder);
        }

        void advance(long timestampMillis) {
            if (timestampMillis > latestMillis) {
                latestMillis = timestampMillis;
                final long watermark = timestampMillis - Nexmark.OUT_OF_ORDER_MILLIS - 1;
                if (watermark >= startMillis + WINDOW_MILLIS - 1) {
                    fire();
                }
            }
        }

        void end() {
            fire();
            fire();
        }

        private void fire() {
            current.forEach((bidder, bids) -> checksum.add(hash(bidder, startMillis, bids)));
            current.clear();
            final LongCounts fired = current;
            current = next;
            next = fired;
            startMillis += WINDOW_MILLIS;
        }
    }
}
