package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of {@link Aggregator}, for every aggregate, on the bytes of its accumulator. */
class AggregateLawsTest {
    /** One value with a number of each kind, so that all aggregates take the same values. */
    private record Sample(long whole, double real, BigDecimal decimal) {}

    /** An aggregate with a name for reports. */
    private record Named(String name, Aggregator<Sample, ?, ?> aggregator) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Those whose accumulator is a function of the set of values. */
    static Stream<Named> unordered() {
        return Stream.of(
                new Named("distinct", Aggregates.distinct(100, Sample::whole)),
                new Named("distinct beyond its limit", Aggregates.distinct(3, Sample::whole)),
                new Named("distinctApproximate", Aggregates.distinctApproximate(Sample::whole)),
                new Named(
                        "quantilesDouble, 200 values at most",
                        Aggregates.quantilesDouble(Sample::real, 0.5, 0.9)),
                new Named("count", Aggregates.count()),
                new Named("sumLong", Aggregates.sumLong(Sample::whole)),
                new Named("sumDecimal", Aggregates.sumDecimal(Sample::decimal)),
                new Named("averageLong", Aggregates.averageLong(Sample::whole)),
                new Named("averageDecimal", Aggregates.averageDecimal(Sample::decimal)),
                new Named("minLong", Aggregates.minLong(Sample::whole)),
                new Named("maxLong", Aggregates.maxLong(Sample::whole)),
                new Named("minDouble", Aggregates.minDouble(Sample::real)),
                new Named("maxDouble", Aggregates.maxDouble(Sample::real)),
                new Named("min", Aggregates.min(Sample::whole)),
                new Named("max", Aggregates.max(Sample::whole)),
                new Named(
                        "combined",
                        Aggregates.combined(
                                Aggregates.count(),
                                Aggregates.sumDecimal(Sample::decimal),
                                Aggregates.averageLong(Sample::whole),
                                (count, sum, average) -> count + " " + sum + " " + average)));
    }

    /** Those whose merge is associative to the last bit. */
    static Stream<Named> exact() {
        return Stream.concat(
                unordered(),
                Stream.of(
                        new Named("first", Aggregates.first(Sample::whole)),
                        new Named("last", Aggregates.last(Sample::decimal)),
                        new Named("collect", Aggregates.collect(100, Sample::decimal)),
                        new Named("collect beyond its limit", Aggregates.collect(3, Sample::whole)),
                        new Named(
                                "topK",
                                Aggregates.topK(
                                        4, sample -> sample.whole() % 3, Type.of(Sample.class)))));
    }

    static Stream<Named> subtracting() {
        return exact().filter(named -> named.aggregator().subtracts());
    }

    static Stream<Named> all() {
        return Stream.concat(
                exact(),
                Stream.of(
                        new Named("sumDouble", Aggregates.sumDouble(Sample::real)),
                        new Named("averageDouble", Aggregates.averageDouble(Sample::real)),
                        new Named("varianceDouble", Aggregates.varianceDouble(Sample::real)),
                        new Named(
                                "standardDeviationDouble",
                                Aggregates.standardDeviationDouble(Sample::real))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void createIsNeutral(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertNeutral(of(named), values));
    }

    @ParameterizedTest
    @MethodSource("all")
    void addingAValueIsMergingItsAccumulator(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertAddMerges(of(named), values));
    }

    @ParameterizedTest
    @MethodSource("all")
    void mergeLeavesItsSecondArgumentAsItWas(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertSecondKept(of(named), values));
    }

    @ParameterizedTest
    @MethodSource("all")
    void resultLeavesTheAccumulatorAsItWas(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertResultKeeps(of(named), values));
    }

    @ParameterizedTest
    @MethodSource("exact")
    void mergeIsAssociative(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertAssociative(of(named), values));
    }

    @ParameterizedTest
    @MethodSource("unordered")
    void theOrderOfValuesLeavesNoTrace(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertUnordered(of(named), values));
    }

    @Test
    void onlyThoseSayThatTheyCommuteOfWhichThatHolds() {
        List<String> commuting = names(all().filter(named -> named.aggregator().commutes()));

        assertThat(names(unordered())).containsAll(commuting);
        assertThat(commuting).contains("count", "sumLong", "combined").doesNotContain("topK");
    }

    private static List<String> names(Stream<Named> aggregates) {
        return aggregates.map(Named::name).toList();
    }

    @ParameterizedTest
    @MethodSource("subtracting")
    void subtractLeavesWhatWouldHaveBeenThere(Named named) {
        Property.forAll(AggregateLawsTest::sample, values -> assertSubtracts(of(named), values));
    }

    private static <A> void assertNeutral(Aggregator<Sample, A, ?> aggregator, List<Sample> values)
            throws Exception {
        Object expected = image(aggregator, values);

        A before = aggregator.merge(aggregator.create(), Accumulators.of(aggregator, values));
        A behind = aggregator.merge(Accumulators.of(aggregator, values), aggregator.create());

        assertThat(Accumulators.image(aggregator, before)).isEqualTo(expected);
        assertThat(Accumulators.image(aggregator, behind)).isEqualTo(expected);
    }

    private static <A> void assertAddMerges(
            Aggregator<Sample, A, ?> aggregator, List<Sample> values) throws Exception {
        A merged = aggregator.create();
        for (Sample value : values) {
            merged = aggregator.merge(merged, Accumulators.of(aggregator, List.of(value)));
        }

        assertThat(Accumulators.image(aggregator, merged)).isEqualTo(image(aggregator, values));
    }

    private static <A> void assertSecondKept(
            Aggregator<Sample, A, ?> aggregator, List<Sample> values) throws Exception {
        int middle = values.size() / 2;
        A first = Accumulators.of(aggregator, values.subList(0, middle));
        List<Sample> rest = values.subList(middle, values.size());
        A second = Accumulators.of(aggregator, rest);

        A merged = aggregator.merge(first, second);
        aggregator.add(merged, new Sample(7, 7, BigDecimal.TEN));

        assertThat(Accumulators.image(aggregator, second)).isEqualTo(image(aggregator, rest));
    }

    /** Whether or not there is a result: of more values than a limit there is none. */
    private static <A> void assertResultKeeps(
            Aggregator<Sample, A, ?> aggregator, List<Sample> values) throws Exception {
        A accumulator = Accumulators.of(aggregator, values);
        String before = shown(aggregator, accumulator);

        String first = shownResult(aggregator, accumulator);

        assertThat(shownResult(aggregator, accumulator)).isEqualTo(first);
        assertThat(shown(aggregator, accumulator)).isEqualTo(before);
    }

    private static <A> String shown(Aggregator<Sample, A, ?> aggregator, A accumulator) {
        return Accumulators.image(aggregator, accumulator).toString();
    }

    private static <A> String shownResult(Aggregator<Sample, A, ?> aggregator, A accumulator)
            throws Exception {
        try {
            return String.valueOf(aggregator.result(accumulator));
        } catch (ArithmeticException | IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    private static <A> void assertAssociative(
            Aggregator<Sample, A, ?> aggregator, List<Sample> values) throws Exception {
        int third = values.size() / 3;
        List<Sample> a = values.subList(0, third);
        List<Sample> b = values.subList(third, 2 * third);
        List<Sample> c = values.subList(2 * third, values.size());

        A leftFirst =
                aggregator.merge(
                        aggregator.merge(
                                Accumulators.of(aggregator, a), Accumulators.of(aggregator, b)),
                        Accumulators.of(aggregator, c));
        A rightFirst =
                aggregator.merge(
                        Accumulators.of(aggregator, a),
                        aggregator.merge(
                                Accumulators.of(aggregator, b), Accumulators.of(aggregator, c)));

        assertThat(Accumulators.image(aggregator, leftFirst))
                .isEqualTo(Accumulators.image(aggregator, rightFirst))
                .isEqualTo(image(aggregator, values));
    }

    private static <A> void assertUnordered(
            Aggregator<Sample, A, ?> aggregator, List<Sample> values) throws Exception {
        List<Sample> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, new Random(values.size()));

        assertThat(image(aggregator, shuffled)).isEqualTo(image(aggregator, values));
    }

    private static <A> void assertSubtracts(
            Aggregator<Sample, A, ?> aggregator, List<Sample> values) throws Exception {
        int middle = values.size() / 2;
        List<Sample> expired = values.subList(0, middle);
        List<Sample> kept = values.subList(middle, values.size());

        A left =
                aggregator.subtract(
                        Accumulators.of(aggregator, values), Accumulators.of(aggregator, expired));

        assertThat(Accumulators.image(aggregator, left)).isEqualTo(image(aggregator, kept));
    }

    private static <A> Object image(Aggregator<Sample, A, ?> aggregator, List<Sample> values)
            throws Exception {
        return Accumulators.image(aggregator, Accumulators.of(aggregator, values));
    }

    @SuppressWarnings("unchecked") // Nothing but the aggregator itself touches its accumulators.
    private static Aggregator<Sample, Object, Object> of(Named named) {
        return (Aggregator<Sample, Object, Object>) named.aggregator();
    }

    private static Sample sample(SplittableRandom random) {
        return new Sample(whole(random), real(random), decimal(random));
    }

    /** Often at the ends of the range, so that sums leave it and come back. */
    private static long whole(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE - random.nextInt(3);
            case 1 -> Long.MIN_VALUE + random.nextInt(3);
            case 2 -> random.nextLong();
            default -> random.nextInt(-100, 100);
        };
    }

    private static double real(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> -0.0;
            case 1 -> 0.0;
            case 2 -> Double.longBitsToDouble(0x7ff8_0000_0000_0001L); // NaN of another form.
            case 3 -> Double.POSITIVE_INFINITY;
            default -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20));
        };
    }

    private static BigDecimal decimal(SplittableRandom random) {
        return new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(-4, 8));
    }
}
