package io.headrace.benchmarks;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.Windows;
import java.time.Duration;

/** Query 11: how many bids did each bidder make before making none for 10 s of event time? */
final class BidderSessions implements Query {
    private static final long GAP_MILLIS = 10_000;

    /** The loop looks this often for sessions that are over; their rows are the same. */
    private static final long SWEEP_MILLIS = 1_000;

    /** Who is in a session: 2,000 persons sign in per second, and are active for less than 2 s. */
    private static final int BIDDERS = 28_000;

    /** The bids of one session. */
    record Session(long bidder, long startMillis, long endMillis, long bids) {}

    @Override
    public String name() {
        return "q11";
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
        ChecksumSink<Session> sink =
                new ChecksumSink<>(
                        row -> hash(row.bidder(), row.startMillis(), row.endMillis(), row.bids()));
        Pipeline pipeline = Pipeline.create(name());
        pipeline.readFrom(NexmarkSource.events(events, splits))
                .filter(event -> event instanceof Event.Bid)
                .map(event -> (Event.Bid) event)
                .keyBy(Event.Bid::bidder)
                .window(Windows.session(Duration.ofMillis(GAP_MILLIS)))
                .aggregate(
                        "bids",
                        Aggregates.count(),
                        (bidder, window, bids) ->
                                new Session(bidder, window.startMillis(), window.endMillis(), bids))
                .writeTo(sink);
        return new Built(pipeline, sink);
    }

    static long hash(long bidder, long startMillis, long endMillis, long bids) {
        return Nexmark.mix(startMillis + 31 * (endMillis + 31 * (bidder + (bids << 32))));
    }

    /**
     * One session per bidder, in a table with open addressing that is made anew at each sweep. That
     * nobody has two at a time follows from the workload: who has not bid for 2 s never does again.
     */
    private static final class Loop {
        private static final int BIDDER = 0;
        private static final int FIRST = 1;
        private static final int LAST = 2;
        private static final int BIDS = 3;
        private static final int FIELDS = 4;

        private final Checksum checksum = new Checksum();
        private long[] slots = new long[FIELDS * Integer.highestOneBit(BIDDERS * 4)];
        private long[] swept = new long[slots.length];
        private long sweptMillis = Nexmark.START_MILLIS;
        private long latestMillis = Long.MIN_VALUE;

        void count(long bidder, long timestampMillis) {
            final long[] slots = this.slots;
            final int at = find(slots, bidder);
            if (slots[at + BIDS] == 0) {
                slots[at + BIDDER] = bidder;
                slots[at + FIRST] = timestampMillis;
                slots[at + LAST] = timestampMillis;
            } else if (timestampMillis >= slots[at + LAST] + GAP_MILLIS) {
                throw new IllegalStateException("bidder " + bidder + " came back");
            }
            slots[at + FIRST] = Math.min(slots[at + FIRST], timestampMillis);
            slots[at + LAST] = Math.max(slots[at + LAST], timestampMillis);
            slots[at + BIDS]++;
        }

        private static int find(long[] slots, long bidder) {
            final int mask = slots.length - 1;
            int at = (int) Nexmark.mix(bidder) * FIELDS & mask;
            while (slots[at + BIDS] != 0 && slots[at + BIDDER] != bidder) {
                at = at + FIELDS & mask;
            }
            return at;
        }

        void advance(long timestampMillis) {
            if (timestampMillis > latestMillis) {
                latestMillis = timestampMillis;
                final long watermark = timestampMillis - Nexmark.OUT_OF_ORDER_MILLIS - 1;
                if (watermark >= sweptMillis + SWEEP_MILLIS) {
                    sweptMillis = watermark;
                    sweep(watermark);
                }
            }
        }

        void end() {
            sweep(Long.MAX_VALUE);
        }

        private void sweep(long watermark) {
            for (int from = 0; from < slots.length; from += FIELDS) {
                if (slots[from + BIDS] == 0) {
                    continue;
                }
                final long end = slots[from + LAST] + GAP_MILLIS;
                if (watermark >= end - 1) {
                    checksum.add(
                            hash(
                                    slots[from + BIDDER],
                                    slots[from + FIRST],
                                    end,
                                    slots[from + BIDS]));
                } else {
                    final int to = find(swept, slots[from + BIDDER]);
                    System.arraycopy(slots, from, swept, to, FIELDS);
                }
            }
            java.util.Arrays.fill(slots, 0);
            final long[] empty = slots;
            slots = swept;
            swept = empty;
        }
    }
}
