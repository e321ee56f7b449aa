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
        add("a", 1, 1);
        drained();

        add("a", 2, 2);

        assertThat(drained()).containsExactly("a at 2: record 2");
    }

    /** Strings of one hash: only the keys themselves tell them apart. */
    @Test
    void tellsKeysOfOneHashApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());

        add("Aa", 1, 1);
        add("BB", 2, 1);

        assertThat(drained()).containsExactly("Aa at 1: record 1", "BB at 1: record 2");
    }

    @Test
    void isFullWithSoManyKeysThatItCanStillFindThem() {
        for (int i = 0; i < LocalAggregate.ENTRIES_MAX; i++) {
            assertThat(local.isFull()).isFalse();
            add("key " + i, i, 1);
        }

        assertThat(local.isFull()).isTrue();
        assertThat(drained()).hasSize(LocalAggregate.ENTRIES_MAX).contains("key 7 at 1: record 7");
    }

    @Test
    void pausesAfterATrialInWhichKeysDidNotRepeatAndThenTriesAgain() {
        int record = 0;
        while (add("key " + record, 1, 1)) {
            record++;
            if (local.isFull()) {
                drained();
            }
        }
        assertThat(record).isEqualTo(LocalAggregate.TRIAL_RECORDS);
        for (int i = 1; i < LocalAggregate.PAUSE_RECORDS; i++) {
            assertThat(add("key", 1, 1)).isFalse();
        }

        assertThat(add("key", 1, 1)).isTrue();
    }

    @Test
    void doesNotPauseWhereHalfOfTheRecordsAreOfOneKey() {
        boolean always = true;
        for (int i = 0; i < 3 * LocalAggregate.TRIAL_RECORDS; i++) {
            always &= add(i % 2 == 0 ? "hot" : "cold " + i % 64, 1, 1);
            if (i % 512 == 0) {
                drained();
            }
        }

        assertThat(always).isTrue();
    }

    @Test
    void failsInTheNameOfTheWindowWithKeyAndRecord() {
        LocalAggregate failing =
                of(
                        Aggregates.sumLong(
                                (Long value) -> {
                                    throw new IllegalStateException("no value");
                                }));

        failing.add("k", 1, 4L, 1);

        assertThatThrownBy(() -> failing.add("k", 1, 5L, 1))
                .isInstanceOf(StepFailure.class)
                .hasMessageContainingAll("sums", "k", "5");
    }
}
