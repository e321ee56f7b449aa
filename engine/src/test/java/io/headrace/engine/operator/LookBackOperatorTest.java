package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.LookBackStream;
import io.headrace.Pipeline;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.engine.Seed;
import io.headrace.function.Aggregator;
import io.headrace.function.Side;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookBackOperatorTest {
    private static final int CASES = 60;

    private static OperatorHost host(
            boolean ordered, Aggregator<Event, ?, ?> aggregator, long... widths) {
        Pipeline pipeline = Pipeline.create("look-back");
        Duration[] durations = new Duration[widths.length];
        for (int i = 0; i < widths.length; i++) {
            durations[i] = Duration.ofMillis(widths[i]);
        }
        LookBackStream<String, Event> stream =
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class))
                        .lookBack(durations)
                        .lateTo(Side.of("late", Event.class));
        DataStream<String> results =
                (ordered ? stream.ordered() : stream.eager())
                        .aggregate(
                                "history",
                                aggregator,
                                (event, found) -> event.value() + " " + found);
        return new OperatorHost(pipeline, results, "history");
    }

    @Test
    void seesItselfAndWhatCameBeforeWithinEachWidth() {
        OperatorHost host = host(true, new Joined(), 10, 5);
        host.record("a", 100, 1);
        host.record("a", 105, 2);
        host.record("b", 106, 3);
        host.record("a", 109, 4);
        host.record("a", 110, 5);

        host.watermark(110);

        assertThat(host.values())
                .containsExactlyInAnyOrder(
                        "1 [1,, 1,]",
                        "2 [1,2,, 2,]",
                        "3 [3,, 3,]",
                        "4 [1,2,4,, 2,4,]",
                        "5 [2,4,5,, 4,5,]");
    }

    @Test
    void evaluatesInTheOrderOfTimeAndOfArrivalAmongTies() {
        OperatorHost host = host(true, new Joined(), 10);
        host.record("a", 7, 1);
        host.record("a", 5, 2);
        host.record("a", 7, 3);
        host.record("a", 5, 4);

        host.watermark(6);
        host.watermark(7);

        assertThat(host.values())
                .containsExactly("2 [2,]", "4 [2,4,]", "1 [2,4,1,]", "3 [2,4,1,3,]");
        assertThat(host.emitted)
                .extracting(OperatorHost.Emitted::timestamp)
                .containsExactly(5L, 5L, 7L, 7L);
    }

    @Test
    void handsOutWhatIsNotAfterTheWatermark() {
        OperatorHost host = host(true, Aggregates.count(), 10);
        host.watermark(50);

        host.record("a", 50, 1);
        host.record("a", 51, 2);
        host.watermark(60);

        assertThat(host.late).hasSize(1);
        assertThat(host.values()).containsExactly("2 [1]");
        assertThat(host.counters().late).isEqualTo(1);
    }

    @Test
    void forgetsAKeyOnceTheWidestWidthHasPassed() {
        OperatorHost host = host(true, Aggregates.count(), 10, 100);
        host.record("a", 0, 1);
        host.record("a", 50, 2);

        host.watermark(149);
        long before = host.keys();
        host.watermark(150);

        assertThat(before).isEqualTo(1);
        assertThat(host.keys()).isZero();
    }

    @Test
    void namesStepKeyAndRecordIfTheFunctionFails() {
        Pipeline pipeline = Pipeline.create("look-back");
        DataStream<String> results =
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class))
                        .lookBack(Duration.ofMillis(1))
                        .eager()
                        .aggregate(
                                "history",
                                Aggregates.count(),
                                (event, found) -> {
                                    throw new IllegalStateException("no luck");
                                });
        OperatorHost host = new OperatorHost(pipeline, results, "history");

        assertThatThrownBy(() -> host.record("a", 1, 77))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("step history failed")
                .hasMessageContaining("no luck")
                .hasMessageContaining("key a")
                .hasMessageContaining("value=77");
    }

    @ParameterizedTest(name = "ordered {0}, subtracting {1}")
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void equalsANaiveLookBackOnRandomData(
            boolean ordered, boolean subtracting, @TempDir Path directory) throws Exception {
        for (int salt = 0; salt < CASES; salt++) {
            SplittableRandom random = Seed.random(salt);
            long[] widths = {random.nextInt(1, 8), 20 + random.nextInt(60), 9 + random.nextInt(9)};
            Aggregator<Event, ?, ?> aggregator =
                    subtracting ? Aggregates.sumLong(Event::value) : new Joined();
            Naive naive = new Naive(ordered, aggregator, widths);
            OperatorHost host = host(ordered, aggregator, widths);

            List<String> found = run(host, naive, random, directory);

            assertThat(found).as(Seed.repeat(salt)).isEqualTo(naive.expected());
        }
    }

    /** Feeds both with the same records; returns what the operator emitted, sorted. */
    private static List<String> run(
            OperatorHost first, Naive naive, SplittableRandom random, Path directory) {
        List<String> found = new ArrayList<>();
        OperatorHost host = first;
        final int keys = 1 + random.nextInt(6);
        final int disorder = random.nextInt(12);
        final int pace = 1 + random.nextInt(9);
        long now = -200;
        for (int i = 0; i < 200; i++) {
            now += random.nextInt(pace);
            long time = now - random.nextInt(disorder + 1);
            Event event = new Event("k" + random.nextInt(keys), time, i);
            host.record(event);
            naive.record(event);
            if (random.nextInt(8) == 0) {
                host.watermark(Math.max(naive.watermark, now - disorder - 1));
                naive.watermark = Math.max(naive.watermark, now - disorder - 1);
            }
            if (random.nextInt(40) == 0) {
                host.values().forEach(value -> found.add((String) value));
                host = host.restored(directory);
            }
        }
        host.watermark(Long.MAX_VALUE);
        assertThat(host.keys()).as("keys after the end").isZero();
        host.values().forEach(value -> found.add((String) value));
        found.sort(null);
        return found;
    }

    /** Looks at every record for every record. */
    private static final class Naive {
        private final boolean ordered;
        private final Aggregator<Event, Object, Object> aggregator;
        private final long[] widths;
        private final List<Event> events = new ArrayList<>();
        private final List<List<Event>> seenOnArrival = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;

        @SuppressWarnings("unchecked") // The accumulator goes only where it came from.
        Naive(boolean ordered, Aggregator<Event, ?, ?> aggregator, long[] widths) {
            this.ordered = ordered;
            this.aggregator = (Aggregator<Event, Object, Object>) aggregator;
            this.widths = widths;
        }

        void record(Event event) {
            if (event.time() > watermark) {
                events.add(event);
                seenOnArrival.add(List.copyOf(events));
            }
        }

        List<String> expected() throws Exception {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                List<Object> results = new ArrayList<>();
                for (long width : widths) {
                    results.add(result(event, ordered ? events : seenOnArrival.get(i), width));
                }
                expected.add(event.value() + " " + results);
            }
            expected.sort(null);
            return expected;
        }

        private Object result(Event event, List<Event> seen, long width) throws Exception {
            TreeMap<Long, List<Event>> span = new TreeMap<>();
            for (Event other : seen) {
                boolean before =
                        other.time() < event.time()
                                || other.time() == event.time() && other.value() <= event.value();
                if (other.key().equals(event.key())
                        && before
                        && other.time() > event.time() - width) {
                    span.computeIfAbsent(other.time(), time -> new ArrayList<>()).add(other);
                }
            }
            Object accumulator = aggregator.create();
            for (List<Event> ties : span.values()) {
                ties.sort(Comparator.comparingLong(Event::value));
                for (Event tie : ties) {
                    accumulator = aggregator.add(accumulator, tie);
                }
            }
            return aggregator.result(accumulator);
        }
    }
}
