package io.headrace.benchmarks;

/**
 * The workload: every record is a pure function of its sequence number, so that all contestants
 * read the same input, whatever their order and parallelism.
 *
 * <p>The proportions are those of the Nexmark benchmark (P. Tucker et al., <i>NEXMark: a benchmark
 * for queries over data streams</i>, 2002) in the form of Apache Beam's generator: of 50 events, 1
 * is a person, 3 are auctions, 46 are bids. Half of the bids go to one hot auction in a hundred,
 * three quarters come from one hot bidder in a hundred; the others are spread over the newest 100
 * auctions and 1,000 persons. There are 100,000 events per second of event time; each is up to 1 s
 * late, so that a watermark that is 1 s behind drops none.
 */
final class Nexmark {
    /** Events come in rounds: one person, then the auctions, then the bids. */
    static final int ROUND_EVENTS = 50;

    static final int ROUND_AUCTIONS = 3;

    /** How many different words there are. */
    static final int WORDS = 1_000_000;

    /** 2026-01-01T00:00Z: the edge of a window of any usual size. */
    static final long START_MILLIS = 1_767_225_600_000L;

    static final int EVENTS_PER_MILLI = 100;

    /** No event is this much earlier than any before it. */
    static final int OUT_OF_ORDER_MILLIS = 1000;

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final int PERSONS_ACTIVE = 1000;
    private static final int AUCTIONS_OPEN = 100;
    private static final int HOT_EVERY = 100;

    private Nexmark() {}

    /** Returns the event with a sequence number, which is not negative. */
    static Event event(long sequence) {
        final long round = sequence / ROUND_EVENTS;
        final int place = (int) (sequence - round * ROUND_EVENTS);
        final long random = mix(sequence);
        final long timestampMillis = timestampMillis(sequence, random);
        if (place > ROUND_AUCTIONS) {
            return bid(round, random, timestampMillis);
        }
        if (place > 0) {
            final long auction = round * ROUND_AUCTIONS + place - 1;
            return new Event.Auction(
                    auction, person(round, random), pick(random, 33, 10), timestampMillis);
        }
        return new Event.Person(round, pick(random, 33, 50), timestampMillis);
    }

    /** Returns the word with a sequence number, which is not negative. */
    static Word word(long sequence) {
        final long random = mix(sequence);
        final long key = (random >>> 32) * WORDS >>> 32;
        return new Word(key, timestampMillis(sequence, random));
    }

    /** Stafford's variant 13 of the finalizer of MurmurHash3: a permutation without a pattern. */
    static long mix(long value) {
        long mixed = value * GOLDEN_RATIO + GOLDEN_RATIO;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static Event bid(long round, long random, long timestampMillis) {
        final long newest = round * ROUND_AUCTIONS + ROUND_AUCTIONS - 1;
        final long auction =
                (random & 1) == 0
                        ? newest / HOT_EVERY * HOT_EVERY
                        : newest - pick(random, 33, (int) Math.min(newest + 1, AUCTIONS_OPEN));
        final long price = 100 + (random >>> 43 & 0xFFFF);
        return new Event.Bid(auction, person(round, random), price, timestampMillis);
    }

    private static long person(long newest, long random) {
        return (random & 6) != 0
                ? newest / HOT_EVERY * HOT_EVERY
                : newest - pick(random, 13, (int) Math.min(newest + 1, PERSONS_ACTIVE));
    }

    /** Puts an event at its place in time, then up to 999 ms earlier. */
    private static long timestampMillis(long sequence, long random) {
        return START_MILLIS
                + OUT_OF_ORDER_MILLIS
                + sequence / EVENTS_PER_MILLI
                - pick(random, 3, OUT_OF_ORDER_MILLIS);
    }

    /** Returns 0 to {@code bound} − 1 from the 10 bits of {@code random} at {@code shift}. */
    private static int pick(long random, int shift, int bound) {
        return (int) ((random >>> shift & 0x3FF) * bound >>> 10);
    }
}
