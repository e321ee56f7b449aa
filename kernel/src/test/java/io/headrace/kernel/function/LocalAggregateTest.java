package io.headrace.kernel.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.function.Aggregator;
import io.headrace.graph.Head;
import io.headrace.graph.Step;
import io.headrace.graph.WindowOutput;
import io.headrace.graph.WindowShape;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAggregateTest {
    private final LocalAggregate local = sums();

    private static LocalAggregate sums() {
        return of(Aggregates.sumLong((Long value) -> value));
    }

    @SuppressWarnings("unchecked") // A graph is untyped.
    private static LocalAggregate of(Aggregator<Long, ?, Long> aggregator) {
        return new LocalAggregate(
                new Step.Window(
                        new Head(0, "sums", List.of(), Type.of(Long.class)),
                        Type.of(String.class),
                        new WindowShape.Aligned(20, 10, 0),
                        Step.Window.Firing.ONCE,
                        (Aggregator<Object, Object, Object>) (Aggregator<?, ?, ?>) aggregator,
                        new WindowOutput.Result()));
    }

    private boolean add(String key, long value, long timestamp) {
        return local.add(key, key.hashCode(), value, timestamp);
    }

    /** Sends as many records as make a key frequent in a slice; they all go on as they are. */
    private void makeFrequent(String key, long timestamp) {
        for (int i = 1; i < LocalAggregate.VOTES_FREQUENT; i++) {
            assertThat(add(key, 0, timestamp)).isFalse();
        }
    }

    private List<String> drained() {
        List<String> drained = new ArrayList<>();
        local.drainTo(
                partial ->
                        drained.add(
                                partial.key()
                                        + " at "
                                        + partial.timestamp()
                                        + ": "
                                        + sent(partial)));
        return drained;
    }

    private static String sent(PartialAggregate partial) {
        if (partial.sent() != partial) {
            return "record " + partial.sent();
        }
        try {
            return partial.count() + " make " + erased().result(partial.accumulator());
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @SuppressWarnings("unchecked") // The accumulator came from the same aggregator.
    private static Aggregator<Long, Object, Long> erased() {
        return (Aggregator<Long, Object, Long>)
                (Aggregator<?, ?, ?>) Aggregates.sumLong((Long value) -> value);
    }

    @Test
    void aggregatesByKeyAndSliceInTheOrderOfFirstRecords() {
        makeFrequent("b", 3);
        makeFrequent("b", 10);
        makeFrequent("a", 4);
        add("b", 1, 3);
        add("a", 2, 4);
        add("b", 4, 9);
        add("b", 8, 10);
        add("a", 16, 1);

        List<String> drained = drained();

        assertThat(drained)
                .containsExactly("b at 9: 2 make 5", "a at 1: 2 make 18", "b at 10: record 8");
        assertThat(local.isEmpty()).isTrue();
    }

    @Test
    void beginsAnewWhenItWasDrained() {
        makeFrequent("a", 1);
        add("a", 1, 1);
        drained();

        add("a", 2, 2);

        assertThat(drained()).containsExactly("a at 2: record 2");
    }

    /** Strings of one hash: only the keys themselves tell them apart. */
    @Test
    void tellsKeysOfOneHashApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());

        makeFrequent("Aa", 1);
        add("Aa", 1, 1);
        add("BB", 2, 1);

        assertThat(drained()).containsExactly("Aa at 1: record 1", "BB at 1: record 2");
    }

    @Test
    void mustPrecedeTheWatermarkThatClosesTheEarliestOfItsSlices() {
        makeFrequent("a", 25);
        makeFrequent("a", 15);
        assertThat(local.mustPrecede(Long.MAX_VALUE)).isFalse();
        add("a", 1, 25);
        add("a", 1, 15);

        assertThat(local.mustPrecede(18)).isFalse();
        assertThat(local.mustPrecede(19)).isTrue();

        drained();
        assertThat(local.mustPrecede(19)).isFalse();
    }

    @Test
    void isFullWithSoManyAccumulators() {
        int key = 0;
        while (!local.isFull()) {
            add("key " + key / 32, key, 1);
            key++;
        }

        assertThat(drained()).hasSize(LocalAggregate.ENTRIES_MAX);
        assertThat(local.isFull()).isFalse();
    }

    @Test
    void leavesKeysThatHardlyRepeatAsTheyAre() {
        int taken = 0;
        for (int i = 0; i < 1_000_000; i++) {
            taken += add("key " + i % 100_003, 1, 1) ? 1 : 0;
            if (i % 512 == 0) {
                drained();
            }
        }

        assertThat(taken).isZero();
    }

    @Test
    void takesAKeyThatHasHalfOfTheRecordsAndHardlyAnyOther() {
        int hot = 0;
        int cold = 0;
        for (int i = 0; i < 200_000; i++) {
            if (i % 2 == 0) {
                hot += add("hot", 1, 1) ? 1 : 0;
            } else {
                cold += add("cold " + i % 20_011, 1, 1) ? 1 : 0;
            }
            if (i % 512 == 0) {
                drained();
            }
        }

        assertThat(hot).isGreaterThan(99_900);
        assertThat(cold).isLessThan(100);
    }

    @Test
    void takesTheKeyThatIsFrequentNowInThePlaceOfOneThatWas() {
        String before = "before";
        String now = sharingItsSlot(before);
        for (int i = 0; i < 100; i++) {
            add(before, 1, 1);
        }

        int records = 1;
        while (!add(now, 1, 1)) {
            records++;
        }

        assertThat(records).isBetween(LocalAggregate.VOTES_FREQUENT + 1, 20);
    }

    /** Returns a key that hinders a frequent one: no other does. */
    private static String sharingItsSlot(String key) {
        for (int i = 0; ; i++) {
            LocalAggregate trial = sums();
            for (int j = 0; j < LocalAggregate.VOTES_FREQUENT; j++) {
                trial.add(key, key.hashCode(), 1L, 1);
            }
            for (int j = 0; j < LocalAggregate.VOTES_FREQUENT; j++) {
                trial.add("now " + i, ("now " + i).hashCode(), 1L, 1);
            }
            if (!trial.add(key, key.hashCode(), 1L, 1)) {
                return "now " + i;
            }
        }
    }

    @Test
    void failsInTheNameOfTheWindowWithKeyAndRecord() {
        LocalAggregate failing =
                of(
                        Aggregates.sumLong(
                                (Long value) -> {
                                    throw new IllegalStateException("no value");
                                }));

        for (int i = 0; i < LocalAggregate.VOTES_FREQUENT; i++) {
            failing.add("k", 1, 4L, 1);
        }

        assertThatThrownBy(() -> failing.add("k", 1, 5L, 1))
                .isInstanceOf(StepFailure.class)
                .hasMessageContainingAll("sums", "k", "5");
    }
}
