package io.headrace.benchmarks;

import io.headrace.Pipeline;
import io.headrace.Windows;
import java.time.Duration;

/**
 * Query 7: what was the highest bid in every 10 s of event time? Of equals it is the one for the
 * smallest auction, then of the smallest bidder, then the earliest.
 */
final class HighestBid implements Query {
    private static final long WINDOW_MILLIS = 10_000;

    @Override
    public String name() {
        return "q7";
    }

    @Override
    public Checksum loop(long events) {
        final Loop loop = new Loop();
        for (long sequence = 0; sequence < events; sequence++) {
            final Event event = Nexmark.event(sequence);
            if (event instanceof Event.Bid bid) {
                loop.take(bid);
            }
            loop.advance(event.timestampMillis());
        }
        loop.end();
        return loop.checksum;
    }

    @Override
    public Built pipeline(long events, int splits) {
        ChecksumSink<Event.Bid> sink = new ChecksumSink<>(HighestBid::hash);
        Pipeline pipeline = Pipeline.create(name());
        pipeline.readFrom(NexmarkSource.events(events, splits))
                .filter(event -> event instanceof Event.Bid)
                .map(event -> (Event.Bid) event)
                .keyBy(bid -> "all")
                .window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)))
                .reduce("highest", HighestBid::higher)
                .writeTo(sink);
        return new Built(pipeline, sink);
    }

    static Event.Bid higher(Event.Bid one, Event.Bid other) {
        if (one.price() != other.price()) {
            return one.price() > other.price() ? one : other;
        }
        if (one.auction() != other.auction()) {
            return one.auction() < other.auction() ? one : other;
        }
        if (one.bidder() != other.bidder()) {
            return one.bidder() < other.bidder() ? one : other;
        }
        return one.timestampMillis() <= other.timestampMillis() ? one : other;
    }

    static long hash(Event.Bid row) {
        return Nexmark.mix(
                row.timestampMillis()
                        + 31 * (row.auction() + 31 * (row.bidder() << 20 | row.price())));
    }

    /** Two windows are open at most, since no event is later than a window is long. */
    private static final class Loop {
        private final Checksum checksum = new Checksum();
        private Event.Bid current;
        private Event.Bid next;
        private long startMillis = Nexmark.START_MILLIS;
        private long latestMillis = Long.MIN_VALUE;

        void take(Event.Bid bid) {
            if (bid.timestampMillis() < startMillis + WINDOW_MILLIS) {
                current = current == null ? bid : higher(current, bid);
            } else {
                next = next == null ? bid : higher(next, bid);
            }
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
            if (current != null) {
                checksum.add(hash(current));
            }
            current = next;
            next = null;
            startMillis += WINDOW_MILLIS;
        }
    }
}
