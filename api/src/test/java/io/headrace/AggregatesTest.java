package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatesTest {
    private record Payment(long cents, BigDecimal amount, Instant time) {}

    private record Spend(long payments, long cents) {}

    /** Comparable, and nothing that a schema could be derived for. */
    private static final class Grade implements Comparable<Grade> {
        private final int rank;

        Grade(int rank) {
            this.rank = rank;
        }

        @Override
        public int compareTo(Grade other) {
            return Integer.compare(rank, other.rank);
        }
    }

    private static final class GradeCodec implements Codec<Grade> {
        @Override
        public String name() {
            return "grade";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Grade value, BytesOut out) {
            out.writeVarInt(value.rank);
        }

        @Override
        public Grade read(BytesIn in, int writtenVersion) {
            return new Grade(in.readVarInt());
        }
    }

    @Test
    void sumsThatLeaveTheRangeOfLongAndComeBackAreExact() throws Exception {
        List<Long> values = List.of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -5L);

        Long sum = Accumulators.resultOf(Aggregates.sumLong(value -> value), values);

        assertThat(sum).isEqualTo(Long.MAX_VALUE - 6);
    }

    @Test
    void aSumThatDoesNotFitIsRefusedWithItsValue() {
        List<Long> values = List.of(Long.MAX_VALUE, 1L);

        assertThatThrownBy(() -> Accumulators.resultOf(Aggregates.sumLong(v -> v), values))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage(
                        "the sum 9223372036854775808 does not fit into a long:"
                                + " sum with Aggregates.sumDecimal");
    }

    @Test
    void anAverageOfLongsCannotOverflow() throws Exception {
        List<Long> values = Collections.nCopies(4, Long.MAX_VALUE);

        Double average = Accumulators.resultOf(Aggregates.averageLong(value -> value), values);

        assertThat(average).isEqualTo(0x1p63);
    }

    @Test
    void anAverageOfLongsIsOneDivision() throws Exception {
        Double average =
                Accumulators.resultOf(Aggregates.averageLong(v -> v), List.of(10L, 11L, 11L));

        assertThat(average).isEqualTo(32.0 / 3);
    }

    @Test
    void smallDoublesSurviveLargeOnes() throws Exception {
        List<Double> values = List.of(1.0, 1e100, 1.0, -1e100);

        Double sum = Accumulators.resultOf(Aggregates.sumDouble(value -> value), values);

        assertThat(sum).isEqualTo(2.0);
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource({
        "NaN, 1, NaN",
        "Infinity, 1, Infinity",
        "-Infinity, 1, -Infinity",
        "Infinity, -Infinity, NaN",
        "1.7e308, 1.7e308, Infinity",
        "-0.0, -0.0, 0.0"
    })
    void sumsOfSpecialDoublesFollowTheirRules(Double first, Double second, Double expected)
            throws Exception {
        Double sum = Accumulators.resultOf(Aggregates.sumDouble(v -> v), List.of(first, second));

        assertThat(sum).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} and {1}: {2} to {3}")
    @CsvSource({"NaN, 1, NaN, NaN", "0.0, -0.0, -0.0, 0.0", "2, -Infinity, -Infinity, 2"})
    void extremesOfSpecialDoublesFollowTheirRules(
            Double first, Double second, Double smallest, Double largest) throws Exception {
        List<Double> values = List.of(first, second);

        Double min = Accumulators.resultOf(Aggregates.minDouble(v -> v), values);
        Double max = Accumulators.resultOf(Aggregates.maxDouble(v -> v), values);

        assertThat(min).isEqualTo(smallest);
        assertThat(max).isEqualTo(largest);
    }

    @Test
    void aSumOfDecimalsHasTheLargestScaleOfItsValues() throws Exception {
        BigDecimal sum =
                Accumulators.resultOf(
                        Aggregates.sumDecimal(BigDecimal::new), List.of("1.50", "1.5", "1E+2"));

        assertThat(sum).isEqualTo(new BigDecimal("103.00"));
    }

    @Test
    void anAverageOfDecimalsHas34Digits() throws Exception {
        BigDecimal average =
                Accumulators.resultOf(
                        Aggregates.averageDecimal(BigDecimal::new), List.of("1", "1", "0"));

        assertThat(average).isEqualTo(new BigDecimal("0." + "6".repeat(33) + "7"));
    }

    @ParameterizedTest
    @CsvSource({"1E-1001, 1001", "1E-2000000000, 2000000000", "1E+1001, -1001"})
    void aDecimalOfHugeScaleIsRefused(BigDecimal value, int scale) {
        assertThatThrownBy(
                        () -> Accumulators.resultOf(Aggregates.sumDecimal(v -> v), List.of(value)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageStartingWith("a decimal of scale " + scale + " is not summed");
    }

    @Test
    void extremesFollowNaturalOrder() throws Exception {
        List<String> values = List.of("pear", "apple", "quince");

        String min = Accumulators.resultOf(Aggregates.min((String v) -> v), values);
        String max = Accumulators.resultOf(Aggregates.max((String v) -> v), values);

        assertThat(min).isEqualTo("apple");
        assertThat(max).isEqualTo("quince");
    }

    @Test
    void theFirstOfEqualValuesStays() throws Exception {
        List<BigDecimal> values = List.of(new BigDecimal("1.0"), new BigDecimal("1.00"));

        BigDecimal min = Accumulators.resultOf(Aggregates.min((BigDecimal v) -> v), values);

        assertThat(min).isEqualTo(new BigDecimal("1.0"));
    }

    @Test
    void extremesRefuseNull() {
        List<String> values = Arrays.asList((String) null);

        assertThatThrownBy(() -> Accumulators.resultOf(Aggregates.max((String v) -> v), values))
                .hasMessage(
                        "the function of max returned null: drop such records with filter before");
    }

    @Test
    void extremesOfUnknownTypeSayWhatToWrite() {
        assertThatThrownBy(() -> minOfAny(value -> value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the type of the values cannot be read from the function:"
                                + " write Aggregates.min(function, Type.of(MyValue.class))");
    }

    @Test
    void extremesStoreAnOptionalOfTheirValues() {
        Aggregator<Payment, ?, Instant> aggregator = Aggregates.max(Payment::time);

        assertThat(aggregator.accumulatorType())
                .isEqualTo(new Type<Optional<Instant>>() {})
                .hasSameHashCodeAs(new Type<Optional<Instant>>() {})
                .hasToString("java.util.Optional<java.time.Instant>");
        assertThat(aggregator.resultType()).isEqualTo(Type.of(Instant.class));
    }

    @Test
    void extremesStoreForeignValuesByTheirCodec() throws Exception {
        Aggregator<Grade, ?, Grade> aggregator =
                Aggregates.max(value -> value, Type.of(Grade.class, new GradeCodec()));
        Type<?> type = aggregator.accumulatorType();

        Object found = Accumulators.of(aggregator, List.of(new Grade(3), new Grade(5)));

        assertThat(type.codec().orElseThrow().name()).isEqualTo("agg.optional.grade");
        assertThat(Accumulators.hex(type, found)).isEqualTo("0105");
        assertThat(Accumulators.hex(type, aggregator.create())).isEqualTo("00");
        assertThat(Accumulators.fromHex(type, "0105")).isInstanceOf(Optional.class);
    }

    @Test
    void combinedGivesAllResultsToItsFunction() throws Exception {
        Aggregator<Payment, ?, Spend> aggregator =
                Aggregates.combined(
                        Aggregates.count(), Aggregates.sumLong(Payment::cents), Spend::new);

        Spend spend = Accumulators.resultOf(aggregator, List.of(payment(150), payment(50)));

        assertThat(spend).isEqualTo(new Spend(2, 200));
        assertThat(aggregator.resultType()).isEqualTo(Type.of(Spend.class));
        assertThat(aggregator.accumulatorType().parts())
                .extracting(part -> part.codec().orElseThrow().name())
                .containsExactly("agg.count", "agg.sum.long");
    }

    @Test
    void combinedSubtractsOnlyIfAllPartsDo() {
        Aggregator<Payment, ?, ?> exact =
                Aggregates.combined(
                        Aggregates.<Payment>count(),
                        Aggregates.sumLong(Payment::cents),
                        Aggregates.averageDecimal(Payment::amount),
                        (count, sum, average) -> "");
        Aggregator<Payment, ?, ?> mixed =
                Aggregates.combined(
                        Aggregates.<Payment>count(),
                        Aggregates.maxLong(Payment::cents),
                        (count, max) -> "");

        assertThat(exact.subtracts()).isTrue();
        assertThat(mixed.subtracts()).isFalse();
    }

    @Test
    void accumulatorsHaveSchemas() {
        Aggregator<Payment, ?, String> aggregator =
                Aggregates.combined(
                        Aggregates.count(),
                        Aggregates.max(Payment::time),
                        (count, latest) -> count + " until " + latest);

        assertThat(aggregator.accumulatorType().schema())
                .isEqualTo(
                        new Schema.Tuple(
                                List.of(
                                        new Schema.Custom("agg.count", 1),
                                        new Schema.Maybe(new Schema.Scalar(Schema.Kind.INSTANT)))));
    }

    @Test
    void doublesDoNotSubtract() {
        Aggregator<Double, ?, Double> sum = Aggregates.sumDouble(value -> value);

        assertThat(sum.subtracts()).isFalse();
        assertThatThrownBy(() -> sum.subtract(null, null))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ofNothingCountsAndSumsAreZeroAndTheRestNull() throws Exception {
        List<Payment> none = List.of();

        assertThat(Accumulators.resultOf(Aggregates.<Payment>count(), none)).isZero();
        assertThat(Accumulators.resultOf(Aggregates.sumLong(Payment::cents), none)).isZero();
        assertThat(Accumulators.resultOf(Aggregates.sumDecimal(Payment::amount), none)).isZero();
        assertThat(Accumulators.resultOf(Aggregates.averageLong(Payment::cents), none)).isNull();
        assertThat(Accumulators.resultOf(Aggregates.averageDecimal(Payment::amount), none))
                .isNull();
        assertThat(Accumulators.resultOf(Aggregates.maxLong(Payment::cents), none)).isNull();
        assertThat(Accumulators.resultOf(Aggregates.min(Payment::time), none)).isNull();
    }

    @Test
    void aggregatesCanBeSentToAnotherMachine() throws Exception {
        Aggregator<Payment, ?, String> aggregator =
                Aggregates.combined(
                        Aggregates.max(Payment::time),
                        Aggregates.averageDecimal(Payment::amount),
                        (latest, average) -> latest + " " + average);

        Aggregator<Payment, ?, String> copy = copyOf(aggregator);

        assertThat(Accumulators.resultOf(copy, List.of(payment(150))))
                .isEqualTo("1970-01-01T00:00:00Z 1.50");
        assertThat(copy.accumulatorType()).isEqualTo(aggregator.accumulatorType());
    }

    @Test
    void whatKeepsValuesOrEstimatesCanBeSentToo() throws Exception {
        List<Aggregator<Payment, ?, ?>> aggregators =
                List.of(
                        Aggregates.first(Payment::time),
                        Aggregates.distinct(9, Payment::amount),
                        Aggregates.distinctApproximate(Payment::time),
                        Aggregates.collect(9, Payment::cents),
                        Aggregates.topK(2, Payment::amount, Type.of(Payment.class)),
                        Aggregates.standardDeviationDouble(Payment::cents),
                        Aggregates.quantilesDouble(Payment::cents, 0.5, 1));
        List<Payment> payments = List.of(payment(150), payment(50), payment(150));

        for (Aggregator<Payment, ?, ?> aggregator : aggregators) {
            Aggregator<Payment, ?, ?> copy = copyOf(aggregator);

            assertThat((Object) Accumulators.resultOf(copy, payments))
                    .isEqualTo(Accumulators.resultOf(aggregator, payments));
            assertThat(copy.accumulatorType()).isEqualTo(aggregator.accumulatorType());
            assertThat(copy.name()).isEqualTo(aggregator.name());
        }
    }

    @Test
    void anAggregateWithACodecOfItsOwnSaysWhyItCannotBeSent() {
        Aggregator<Grade, ?, Grade> aggregator =
                Aggregates.max(value -> value, Type.of(Grade.class, new GradeCodec()));

        assertThatThrownBy(() -> copyOf(aggregator))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("annotated with @WithCodec");
    }

    private static <V extends Comparable<V>> Aggregator<V, ?, V> minOfAny(Fn<V, V> function) {
        Fn<V, V> generic = value -> function.apply(value);
        return Aggregates.min(generic);
    }

    private static Payment payment(long cents) {
        return new Payment(cents, BigDecimal.valueOf(cents, 2), Instant.EPOCH);
    }

    @SuppressWarnings("unchecked") // A copy has the class of its original.
    private static <A> A copyOf(A original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (A) in.readObject();
        }
    }
}
