package io.headrace.benchmarks;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Windows;
import java.time.Duration;

/**
 * Query 5: which auction had the most bids in the last 10 s of event time, told every 2 s? Of
 * equals it is the one with the smallest number.
 */
final class HotItems implements Query {
    private static final long WINDOW_MILLIS = 10_000;
    private static final long SLIDE_MILLIS = 2_000;
    private static final int PANES = (int) (WINDOW_MILLIS / SLIDE_MILLIS);

    /** What begins in 2 s: 3 of 50 events; those open before hardly count. */
    private static final int AUCTIONS_PER_PANE = 12_100;

    /** The bids for one auction in one window. */
    record AuctionBids(long windowMillis, long auction, long bids) {
        AuctionBids hotter(AuctionBids other) {
            return bids > other.bids || bids == other.bids && auction < other.auction
                    ? this
                    : other;
        }
    }

    @Override
    public String name() {
        return "q5";
    }

    @Override
    public Checksum loop(long events) {
        final Loop loop = new Loop();
        for (long sequence = 0; sequence < events; sequence++) {
            final Event event = Nexmark.event(sequence);
            if (event instanceof Event.Bid bid) {
                loop.count(bid.auction(), bid.timestampMillis());
            }
            loop.advance(event.timestampMillis());
        }
        loop.end();
        return loop.checksum;
    }

    @Override
    public Built pipeline(long events, int splits) {
        ChecksumSink<AuctionBids> sink = new ChecksumSink<>(HotItems::hash);
        Pipeline pipeline = Pipeline.create(name());
        pipeline.readFrom(NexmarkSource.events(events, splits))
                .filter(event -> event instanceof Event.Bid)
                .map(event -> (Event.Bid) event)
                .keyBy(Event.Bid::auction)
                .window(
                        Windows.hopping(
                                Duration.ofMillis(WINDOW_MILLIS), Duration.ofMillis(SLIDE_MILLIS)))
                .aggregate(
                        "bids",
                        Aggregates.count(),
                        (auction, window, bids) ->
                                new AuctionBids(window.startMillis(), auction, bids))
                .keyBy(AuctionBids::windowMillis)
                .window(Windows.tumbling(Duration.ofMillis(SLIDE_MILLIS))) // They end together.
                .reduce("hottest", AuctionBids::hotter)
                .writeTo(sink);
        return new Built(pipeline, sink);
    }

    static long hash(AuctionBids row) {
        return Nexmark.mix(row.windowMillis() + 31 * (row.auction() + (row.bids() << 32)));
    }

    /** Counts per slide; a window is the sum of its slides. Beyond it one more may be open. */
    private static final class Loop {
        private final Checksum checksum = new Checksum();
        private final LongCounts[] panes = new LongCounts[PANES + 1];
        private final LongCounts total = new LongCounts(PANES * AUCTIONS_PER_PANE);
        private long firstMillis = Nexmark.START_MILLIS - WINDOW_MILLIS + SLIDE_MILLIS;
        private long latestMillis = Long.MIN_VALUE;
        private long bestAuction;
        private long bestBids;

        Loop() {
            for (int i = 0; i < panes.length; i++) {
                panes[i] = new LongCounts(AUCTIONS_PER_PANE);
            }
        }

        void count(long auction, long timestampMillis) {
            pane((timestampMillis - firstMillis) / SLIDE_MILLIS).increment(auction);
        }

        /** Returns the pane of a slide, counted from the first of the window that fires next. */
        private LongCounts pane(long slide) {
            final long first = (firstMillis - Nexmark.START_MILLIS) / SLIDE_MILLIS;
            return panes[(int) Math.floorMod(first + slide, (long) panes.length)];
        }

        void advance(long timestampMillis) {
            if (timestampMillis > latestMillis) {
                latestMillis = timestampMillis;
                final long watermark = timestampMillis - Nexmark.OUT_OF_ORDER_MILLIS - 1;
                while (watermark >= firstMillis + WINDOW_MILLIS - 1) {
                    fire();
                }
            }
        }

        void end() {
            while (firstMillis <= latestMillis) {
                fire();
            }
        }

        private void fire() {
            total.clear();
            for (int slide = 0; slide < PANES; slide++) {
                pane(slide).forEach(total::add);
            }
            bestBids = 0;
            total.forEach(this::consider);
            if (bestBids > 0) {
                checksum.add(hash(new AuctionBids(firstMillis, bestAuction, bestBids)));
            }
            pane(0).clear();
            firstMillis += SLIDE_MILLIS;
        }

        private void consider(long auction, long bids) {
            if (bids > bestBids || bids == bestBids && auction < bestAuction) {
                bestAuction = auction;
                bestBids = bids;
            }
        }
    }
}
