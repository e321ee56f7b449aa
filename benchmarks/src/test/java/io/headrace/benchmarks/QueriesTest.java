package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops that everything is compared with, against naive answers. */
class QueriesTest {
    private static final long EVENTS = 3_200_000; // 32 s of event time: three windows and a part.

    @Test
    void passThroughHasARowPerEvent() {
        Checksum answer = Query.named("q0").loop(1000);

        assertThat(answer.count()).isEqualTo(1000);
        assertThat(answer.hash()).isNotEqualTo(Query.named("q0").loop(999).hash());
    }

    @Test
    void bidsPerBidderAreThoseOfEachWindow() {
        record Row(long bidder, long window) {}
        Map<Row, Long> rows =
                bids().map(bid -> new Row(bid.bidder(), bid.timestampMillis() / 10_000))
                        .collect(Collectors.groupingBy(row -> row, Collectors.counting()));
        Checksum expected = new Checksum();
        rows.forEach(
                (row, bids) ->
                        expected.add(
                                BidsPerBidder.hash(row.bidder(), row.window() * 10_000, bids)));

        assertSame(Query.named("q12").loop(EVENTS), expected);
    }

    private static Stream<Event.Bid> bids() {
        return LongStream.range(0, EVENTS)
                .mapToObj(Nexmark::event)
                .filter(Event.Bid.class::isInstance)
                .map(Event.Bid.class::cast);
    }

    @Test
    void hotItemsAreThoseWithTheMostBidsOfEachWindow() {
        Map<Long, Map<Long, Long>> counts = new HashMap<>();
        bids().forEach(
                        bid -> {
                            long slide = bid.timestampMillis() / 2_000 * 2_000;
                            for (long start = slide - 8_000; start <= slide; start += 2_000) {
                                counts.computeIfAbsent(start, any -> new HashMap<>())
                                        .merge(bid.auction(), 1L, Long::sum);
                            }
                        });
        Checksum expected = new Checksum();
        counts.forEach(
                (start, byAuction) ->
                        byAuction.entrySet().stream()
                                .max(
                                        Map.Entry.<Long, Long>comparingByValue()
                                                .thenComparing(entry -> -entry.getKey()))
                                .map(
                                        hottest ->
                                                new HotItems.AuctionBids(
                                                        start,
                                                        hottest.getKey(),
                                                        hottest.getValue()))
                                .ifPresent(row -> expected.add(HotItems.hash(row))));

        assertSame(Query.named("q5").loop(EVENTS), expected);
        assertThat(expected.count()).isGreaterThan(16);
    }

    @Test
    void theHighestBidIsThatOfItsWindow() {
        Checksum expected = new Checksum();
        bids().collect(Collectors.groupingBy(bid -> bid.timestampMillis() / 10_000))
                .values()
                .forEach(
                        window ->
                                window.stream()
                                        .max(
                                                Comparator.comparingLong(Event.Bid::price)
                                                        .thenComparing(bid -> -bid.auction())
                                                        .thenComparing(bid -> -bid.bidder())
                                                        .thenComparing(
                                                                bid -> -bid.timestampMillis()))
                                        .ifPresent(bid -> expected.add(HighestBid.hash(bid))));

        assertSame(Query.named("q7").loop(EVENTS), expected);
        assertThat(expected.count()).isEqualTo(4);
    }

    @Test
    void sessionsHaveAllBidsOfABidder() {
        Map<Long, List<Long>> times =
                bids().collect(
                                Collectors.groupingBy(
                                        Event.Bid::bidder,
                                        Collectors.mapping(
                                                Event.Bid::timestampMillis, Collectors.toList())));
        Checksum expected = new Checksum();
        times.forEach(
                (bidder, all) ->
                        expected.add(
                                BidderSessions.hash(
                                        bidder,
                                        Collections.min(all),
                                        Collections.max(all) + 10_000,
                                        all.size())));

        assertSame(Query.named("q11").loop(EVENTS), expected);
    }

    @Test
    void runningCountsTellEveryStep() {
        Map<Long, Long> counts = new HashMap<>();
        Checksum expected = new Checksum();
        for (long sequence = 0; sequence < 200_000; sequence++) {
            long word = Nexmark.word(sequence).key();
            expected.add(RunningCounts.hash(word, counts.merge(word, 1L, Long::sum)));
        }

        assertSame(Query.named("wc").loop(200_000), expected);
    }

    static List<Arguments> pipelines() {
        return List.of(
                Arguments.of("q0", List.of("nexmark", "checksum")),
                Arguments.of(
                        "q5",
                        List.of(
                                "nexmark",
                                "filter-1",
                                "map-2",
                                "key-by-3",
                                "bids",
                                "key-by-5",
                                "hottest",
                                "checksum")),
                Arguments.of(
                        "q7",
                        List.of("nexmark", "filter-1", "map-2", "key-by-3", "highest", "checksum")),
                Arguments.of(
                        "q11",
                        List.of("nexmark", "filter-1", "map-2", "key-by-3", "bids", "checksum")),
                Arguments.of(
                        "q12",
                        List.of("nexmark", "filter-1", "map-2", "key-by-3", "bids", "checksum")),
                Arguments.of("wc", List.of("nexmark", "key-by-1", "count", "checksum")),
                Arguments.of("hot", List.of("nexmark", "key-by-1", "sums", "checksum")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pipelines")
    void pipelinesAreWrittenAsAUserWritesThem(String name, List<String> steps) {
        Query.Built built = Query.named(name).pipeline(1000, 3);

        Graph graph = built.pipeline().graph();

        assertThat(graph.steps()).extracting(Step::name).isEqualTo(steps);
        assertThat(((Step.Write) graph.step(steps.size() - 1)).sink()).isSameAs(built.sink());
        assertThat(((Step.Read) graph.step(0)).source().enumerator(null).discover()).hasSize(3);
    }

    @Test
    void anUnknownQueryIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Query.named("q99"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no query q99, only [q0, q5, q7, q11, q12, wc, hot, hot1, even,"
                                + " even1]");
    }

    @Test
    void theSinkAddsUpItsWriters() {
        ChecksumSink<Long> sink = new ChecksumSink<>(Nexmark::mix);
        Checksum expected = new Checksum();
        List.of(1L, 2L, 3L).forEach(row -> expected.add(Nexmark.mix(row)));

        try (var first = sink.writer(null);
                var second = sink.writer(null)) {
            second.write(3L, 0);
            first.write(2L, 0);
            second.write(1L, 0);
        }

        assertSame(sink.total(), expected);
    }

    private static void assertSame(Checksum found, Checksum expected) {
        assertThat(found.count()).isEqualTo(expected.count());
        assertThat(found.hash()).isEqualTo(expected.hash());
    }
}
