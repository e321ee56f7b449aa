package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
    private final Pipeline pipeline = Pipeline.create("p");
    private final DataStream<Payment> payments =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));

    private static int range(Long value, Long... boundaries) throws Exception {
        return Ranges.<Long, Long>given(key -> key, List.of(boundaries)).apply(value).index();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "9, 0", "10, 1", "19, 1", "20, 2", "1000, 2"})
    void aBoundaryBelongsToTheRangeAboveIt(long value, int range) throws Exception {
        assertThat(range(value, 10L, 20L)).isEqualTo(range);
    }

    @Test
    void findsWhatCountingTheBoundariesFinds() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            TreeSet<Long> drawn = new TreeSet<>();
            for (int i = 0; i <= round; i++) {
                drawn.add(random.nextLong(-500, 500));
            }
            Long[] boundaries = drawn.toArray(Long[]::new);
            for (long value = -505; value <= 505; value++) {
                long at = value;
                long below = drawn.stream().filter(boundary -> boundary <= at).count();
                assertThat((long) range(value, boundaries)).isEqualTo(below);
            }
        }
    }

    @Test
    void valuesAreComparedByCompareToAlone() throws Exception {
        Ranges<BigDecimal, BigDecimal> decimals =
                Ranges.given(value -> value, List.of(new BigDecimal("1.0")));
        Ranges<Double, Double> doubles = Ranges.given(value -> value, List.of(0.0, 1.0));

        assertThat(decimals.apply(new BigDecimal("1.00")).index()).isEqualTo(1);
        assertThat(doubles.apply(Double.NaN).index()).isEqualTo(2);
        assertThat(doubles.apply(-0.0).index()).isZero();
        assertThat(doubles.apply(null)).isNull();
    }

    @Test
    void theStreamHasItsTypeAndTheRangeAsKey() {
        KeyedStream<KeyRange, Payment> ranged =
                payments.partitionByRange(Payment::cents, List.of(10L, 20L));
        ranged.forEach(payment -> {});

        assertThat(ranged.keyType()).isEqualTo(Type.of(KeyRange.class));
        assertThat(ranged.type()).contains(Type.of(Payment.class));
        assertThat(((Step.KeyBy) pipeline.graph().step(1)).ranges()).isEqualTo("10, 20");
    }

    @Test
    void differentBoundariesHaveDifferentTexts() {
        Ranges<String, String> first = Ranges.given(value -> value, List.of("a", "b, c"));
        Ranges<String, String> second = Ranges.given(value -> value, List.of("a, b", "c"));

        assertThat(first.described()).isEqualTo("a, b\\, c");
        assertThat(second.described()).isEqualTo("a\\, b, c");
    }

    @Test
    void theRangeIsStillThereWhenATypeIsNamed() {
        DataStream<String> unknown = payments.flatMap((payment, out) -> out.emit(""));
        unknown.partitionByRange(text -> text, List.of("m"))
                .as(Type.of(String.class))
                .forEach(text -> {});

        assertThat(((Step.KeyBy) pipeline.graph().step(2)).ranges()).isEqualTo("m");
    }

    private <C extends Comparable<C>> void assertRefused(List<C> boundaries, String message) {
        assertThatThrownBy(() -> payments.partitionByRange(payment -> null, boundaries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesBoundariesThatAreNone() {
        assertRefused(List.of(1L, 3L, 3L), "boundary 2, 3, is not larger than the one before, 3");
        assertRefused(List.of("b", "a"), "boundary 1, a, is not larger than the one before, b");
        assertRefused(Arrays.asList(1L, null), "boundary 1 is null: leave it out");
        assertRefused(List.of(1.0, Double.NaN), "boundary 1 is NaN");
        assertRefused(List.of(Float.NaN), "boundary 0 is NaN");
        assertRefused(List.<Long>of(), "has 0 boundaries, must be 1 to 1023");
        assertRefused(
                LongStream.range(0, 1_024).boxed().toList(), "has 1024 boundaries, must be 1 to");
        assertThatThrownBy(() -> payments.partitionByRange(Payment::cents, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("boundaries");
        assertThatThrownBy(() -> payments.partitionByRange(null, List.of(1L)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("key");
    }

    /** Has no text that would be the same tomorrow. */
    private static final class Nameless implements Comparable<Nameless> {
        @Override
        public int compareTo(Nameless other) {
            return 0;
        }
    }

    @Test
    void refusesBoundariesThatCheckpointsCouldNotName() {
        assertRefused(List.of(new Nameless()), "has no text of its own: write toString");
    }

    /** Does nothing. */
    static final class Nothing extends CoProcessFunction<KeyRange, Payment, Payment, String> {
        @Override
        public void processFirst(Payment value, Context<KeyRange> context, Output<String> out) {}

        @Override
        public void processSecond(Payment value, Context<KeyRange> context, Output<String> out) {}
    }

    @Test
    void connectsTheSameRangesOnly() {
        KeyedStream<KeyRange, Payment> first =
                payments.partitionByRange(Payment::cents, List.of(10L));
        KeyedStream<KeyRange, Payment> same = payments.partitionByRange(Payment::id, List.of(10L));
        KeyedStream<KeyRange, Payment> other =
                payments.partitionByRange(Payment::cents, List.of(11L));

        first.connect(same).process("both", Nothing::new);

        assertThatThrownBy(() -> first.connect(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found boundaries 10 and 11");
    }

    @Test
    void rangesAreInTheirOrder() {
        List<KeyRange> ranges =
                IntStream.of(2, 0, 1).mapToObj(index -> new KeyRange(index, 3)).sorted().toList();

        assertThat(ranges).extracting(KeyRange::index).containsExactly(0, 1, 2);
        assertThat(new KeyRange(0, 2)).isLessThan(new KeyRange(0, 3));
        assertThat(Collections.max(ranges)).isEqualTo(new KeyRange(2, 3));
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "3, 3", "0, 0", "0, 1025"})
    void thereIsNoSuchRange(int index, int count) {
        assertThatThrownBy(() -> new KeyRange(index, count))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
