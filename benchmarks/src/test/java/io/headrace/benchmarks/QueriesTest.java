package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
                LongStream.range(0, EVENTS)
                        .mapToObj(Nexmark::event)
                        .filter(Event.Bid.class::isInstance)
                        .map(Event.Bid.class::cast)
                        .map(bid -> new Row(bid.bidder(), bid.timestampMillis() / 10_000))
                        .collect(Collectors.groupingBy(row -> row, Collectors.counting()));
        Checksum expected = new Checksum();
        rows.forEach(
                (row, bids) ->
                        expected.add(
                                BidsPerBidder.hash(row.bidder(), row.window() * 10_000, bids)));

        assertSame(Query.named("q12").loop(EVENTS), expected);
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
                        "there is no query q99, only [q0, q12, wc, hot, hot1, even," + " even1]");
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
