package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NexmarkTest {
    private static final long EVENTS = 500_000;

    @Test
    void ofFiftyEventsOneIsAPersonThreeAreAuctionsTheRestBids() {
        Map<Class<?>, Long> counts = new LinkedHashMap<>();
        LongStream.range(0, EVENTS)
                .mapToObj(Nexmark::event)
                .forEach(event -> counts.merge(event.getClass(), 1L, Long::sum));

        assertThat(counts)
                .containsEntry(Event.Person.class, EVENTS / 50)
                .containsEntry(Event.Auction.class, EVENTS / 50 * 3)
                .containsEntry(Event.Bid.class, EVENTS / 50 * 46);
    }

    @Test
    void thereAreAHundredThousandEventsPerSecondUpToOneSecondOutOfOrder() {
        long latestMillis = Long.MIN_VALUE;
        long mostBehindMillis = 0;
        for (long sequence = 0; sequence < EVENTS; sequence++) {
            long timestampMillis = Nexmark.event(sequence).timestampMillis();
            latestMillis = Math.max(latestMillis, timestampMillis);
            mostBehindMillis = Math.max(mostBehindMillis, latestMillis - timestampMillis);
        }

        assertThat(latestMillis - Nexmark.START_MILLIS).isBetween(5_990L, 6_000L);
        assertThat(mostBehindMillis).isBetween(990L, Nexmark.OUT_OF_ORDER_MILLIS - 1L);
    }

    @Test
    void halfOfTheBidsAreForHotAuctionsAndThreeQuartersFromHotBidders() {
        long hotAuctions = bids().filter(bid -> bid.auction() % 100 == 0).count();
        long hotBidders = bids().filter(bid -> bid.bidder() % 100 == 0).count();
        long bids = bids().count();

        assertThat(hotAuctions / (double) bids).isBetween(0.50, 0.51);
        assertThat(hotBidders / (double) bids).isBetween(0.745, 0.76);
    }

    @Test
    void peopleAndAuctionsExistBeforeTheyAreNamed() {
        for (long sequence = 0; sequence < EVENTS; sequence++) {
            long newestPerson = sequence / Nexmark.ROUND_EVENTS;
            long newestAuction = newestPerson * Nexmark.ROUND_AUCTIONS + 2;
            if (Nexmark.event(sequence) instanceof Event.Bid bid) {
                assertThat(bid.bidder() >= 0 && bid.bidder() <= newestPerson).isTrue();
                assertThat(bid.auction() >= 0 && bid.auction() <= newestAuction).isTrue();
            }
        }
    }

    @Test
    void wordsAreSpreadEvenly() {
        long[] perTenth = new long[10];
        for (long sequence = 0; sequence < EVENTS; sequence++) {
            perTenth[(int) (Nexmark.word(sequence).key() * 10 / Nexmark.WORDS)]++;
        }

        assertThat(Arrays.stream(perTenth))
                .allMatch(count -> Math.abs(count - EVENTS / 10) < EVENTS / 250);
    }

    private static Stream<Event.Bid> bids() {
        return LongStream.range(0, EVENTS)
                .mapToObj(Nexmark::event)
                .filter(Event.Bid.class::isInstance)
                .map(Event.Bid.class::cast);
    }
}
