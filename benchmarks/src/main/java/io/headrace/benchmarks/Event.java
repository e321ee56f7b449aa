package io.headrace.benchmarks;

/** What happens at an auction house; the model of the Nexmark benchmark, without its texts. */
sealed interface Event {
    /** Returns when it happened, in milliseconds since 1970-01-01T00:00Z. */
    long timestampMillis();

    /** Somebody signs in. */
    record Person(long id, int state, long timestampMillis) implements Event {}

    /** Somebody offers something. */
    record Auction(long id, long seller, int category, long timestampMillis) implements Event {}

    /** Somebody bids for something. */
    record Bid(long auction, long bidder, long price, long timestampMillis) implements Event {}
}
