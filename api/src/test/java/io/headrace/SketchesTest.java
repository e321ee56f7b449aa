package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headrace.function.Aggregator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimates: their errors are those that the Javadoc states. */
class SketchesTest {
    private static final double STANDARD_ERROR = 0.0081;
    private static final double RANK_ERROR = 0.0133;
    private static final int SKETCHES = 100;

    private record Point(int x, int y) {}

    private record Pair(Point first, Point second) {}

    @ParameterizedTest
    @ValueSource(ints = {10, 300, 2_000, 3_000, 20_000, 60_000})
    void theNumberOfDifferentValuesHasItsError(int values) {
        double squares = 0;
        int beyond = 0;
        for (int sketch = 0; sketch < SKETCHES; sketch++) {
            HyperLogLog one = new HyperLogLog();
            for (int i = 0; i < values; i++) {
                one.add(ValueHash.of((long) sketch * values + i));
            }
            double error = (double) one.estimate() / values - 1;
            squares += error * error;
            beyond += Math.abs(error) > 2 * STANDARD_ERROR ? 1 : 0;
        }

        assertThat(Math.sqrt(squares / SKETCHES)).isLessThan(1.2 * STANDARD_ERROR);
        assertThat(beyond).isLessThanOrEqualTo(10);
    }

    @Test
    void textsAreDifferentAsNumbersAre() throws Exception {
        Aggregator<Integer, ?, Long> aggregator =
                Aggregates.distinctApproximate((Integer i) -> "customer-" + i);
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            values.add(i % 100_000);
        }

        Long estimate = Accumulators.resultOf(aggregator, values);

        assertThat(estimate).isBetween(97_000L, 103_000L);
    }

    @Test
    void fewDifferentValuesAreCountedExactly() throws Exception {
        List<String> values = List.of("a", "b", "a", "c", "b");

        Long estimate =
                Accumulators.resultOf(Aggregates.distinctApproximate((String v) -> v), values);

        assertThat(estimate).isEqualTo(3);
        assertThat(
                        Accumulators.resultOf(
                                Aggregates.distinctApproximate((String v) -> v), List.of()))
                .isZero();
    }

    @Test
    void sketchesOfPartsMergeToThatOfTheWhole() {
        SplittableRandom random = new SplittableRandom(7);
        for (int values : new int[] {100, 2_048, 2_500, 50_000}) {
            HyperLogLog whole = new HyperLogLog();
            HyperLogLog[] parts = {new HyperLogLog(), new HyperLogLog(), new HyperLogLog()};
            for (int i = 0; i < values; i++) {
                long hash = random.nextLong();
                whole.add(hash);
                parts[i % 10 == 0 ? 0 : 1 + i % 2].add(hash);
            }

            parts[0].add(parts[1]);
            parts[0].add(parts[2]);

            assertThat(hex(parts[0])).isEqualTo(hex(whole));
            assertThat(hex((HyperLogLog) fromHex(hex(whole)))).isEqualTo(hex(whole));
            assertThat(((HyperLogLog) fromHex(hex(whole))).estimate()).isEqualTo(whole.estimate());
        }
    }

    @Test
    void upTo2048ValuesHardlyAnEstimateIsWrong() {
        int wrong = 0;
        for (int sketch = 0; sketch < 200; sketch++) {
            HyperLogLog one = new HyperLogLog();
            for (int i = 0; i < 2_048; i++) {
                one.add(ValueHash.of(sketch * 2_048 + i));
            }
            wrong += one.estimate() == 2_048 ? 0 : 1;
        }

        assertThat(wrong).isLessThan(30);
    }

    /** Hashes with long runs of zeros, which decide ranks in both forms. */
    @Test
    void theDenseFormOfSparseEntriesIsThatOfTheirHashes() {
        SplittableRandom random = new SplittableRandom(5);
        HyperLogLog sparseFirst = new HyperLogLog();
        HyperLogLog denseFirst = new HyperLogLog();
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int zeros = random.nextInt(50);
            hashes.add(random.nextLong() & ~(-1L >>> 14 & ~(-1L >>> 14 + zeros)));
        }
        List<Long> filling = random.longs(3_000).boxed().toList();

        hashes.forEach(sparseFirst::add);
        filling.forEach(sparseFirst::add);
        filling.forEach(denseFirst::add);
        hashes.forEach(denseFirst::add);

        assertThat(hex(sparseFirst)).isEqualTo(hex(denseFirst)).startsWith("01");
    }

    static Stream<Arguments> hashes() {
        return Stream.of(
                Arguments.of(0L, 0L),
                Arguments.of(1L, 0x5692161d100b05e5L),
                Arguments.of(-1L, 0xb4d055fcf2cbbd7bL),
                Arguments.of(1, 0x5692161d100b05e5L),
                Arguments.of((byte) 1, 0x5692161d100b05e5L),
                Arguments.of("", 0xf52a15e9a9b5e89bL),
                Arguments.of("a", 0x16bc26fa3458bfadL),
                Arguments.of("Zoë", 0xd1313f1da1a46724L),
                Arguments.of(1.5, 0xe72b41d4576e3468L),
                Arguments.of(true, 0x5692161d100b05e5L),
                Arguments.of('a', 0xaeff7d4b5b72ec99L),
                Arguments.of(TimeUnit.DAYS, 0xedeba69fe309bacaL),
                Arguments.of(new BigDecimal("1.50"), 0xd600e90d0d8bedd9L),
                Arguments.of(Instant.ofEpochSecond(1), 0xeaa17032bc62077cL),
                Arguments.of(new UUID(1, 2), 0xef30b01c2974aeebL),
                Arguments.of(new byte[] {1, -1}, 0xc93a6068b560760eL));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void theHashIsFrozen(Object value, long hash) {
        assertThat(Long.toHexString(ValueHash.of(value))).isEqualTo(Long.toHexString(hash));
    }

    @Test
    void aValueWithoutAStableHashIsRefusedAtOnceIfItsTypeIsKnown() {
        assertThatThrownBy(() -> Aggregates.distinctApproximate(Pair::first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("distinctApproximate has no hash for")
                .hasMessageContaining("make a text of the parts that count");
        assertThatThrownBy(
                        () ->
                                Accumulators.resultOf(
                                        Aggregates.distinctApproximate((Object o) -> o),
                                        List.of(new Point(1, 2))))
                .hasMessageContaining("distinctApproximate has no hash for");
    }

    static Stream<Arguments> shapes() {
        SplittableRandom random = new SplittableRandom(3);
        double[] skewed = new double[200_000];
        Arrays.setAll(skewed, i -> Math.exp(8 * random.nextDouble()));
        return Stream.of(
                shape("ascending", i -> i),
                shape("descending", i -> -i),
                shape("to and fro", i -> i % 2 == 0 ? i : -i),
                shape("in waves", i -> i % 1000),
                shape("few different", i -> i % 7),
                shape("scattered", i -> ValueHash.mix(i)),
                shape("skewed", i -> skewed[i]));
    }

    private static Arguments shape(String name, IntToDoubleFunction values) {
        return Arguments.of(name, values);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void quantilesHaveTheirError(String name, IntToDoubleFunction shape) {
        int beyond = 0;
        int asked = 0;
        for (int sketch = 0; sketch < SKETCHES; sketch++) {
            int size = 500 + sketch * 100;
            int parts = 1 + sketch % 5 * 4;
            int from = sketch * 1_000;
            double[] values = new double[size];
            Arrays.setAll(values, i -> shape.applyAsDouble(from + i));
            double[] found = quantiles(values, parts);
            Arrays.sort(values);
            for (int percent = 1; percent < 100; percent++) {
                double error = rankError(values, found[percent - 1], percent / 100.0);
                asked++;
                beyond += error > RANK_ERROR ? 1 : 0;
                assertThat(error).as(name + ", " + size + " values").isLessThan(3 * RANK_ERROR);
            }
        }

        assertThat(beyond).isLessThanOrEqualTo(asked / 100);
    }

    /** Of a sketch that was merged from parts, one after the other. */
    private static double[] quantiles(double[] values, int parts) {
        KllSketch all = new KllSketch();
        for (int part = 0; part < parts; part++) {
            KllSketch sketch = new KllSketch();
            for (int i = part; i < values.length; i += parts) {
                sketch.add(values[i]);
            }
            all.add(sketch);
        }
        long[] ranks = new long[99];
        Arrays.setAll(ranks, i -> (long) Math.ceil((i + 1) / 100.0 * values.length));
        return all.atRanks(ranks);
    }

    /** How far the ranks that a value has in sorted values are from the wanted one. */
    private static double rankError(double[] sorted, double value, double quantile) {
        int below = upTo(sorted, Math.nextDown(value));
        int upTo = upTo(sorted, value);
        double wanted = quantile * sorted.length;
        double off = wanted < below ? below - wanted : wanted > upTo ? wanted - upTo : 0;
        return off / sorted.length;
    }

    /** Returns how many are not larger than a value, by binary search. */
    private static int upTo(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Test
    void quantilesOfFewValuesAreExact() throws Exception {
        List<Integer> hundred = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            hundred.add(i);
        }
        Collections.reverse(hundred);
        Aggregator<Integer, ?, List<Double>> aggregator =
                Aggregates.quantilesDouble(i -> i, 0, 0.07, 0.5, 0.501, 0.99, 1);

        List<Double> found = Accumulators.resultOf(aggregator, hundred);

        assertThat(found).containsExactly(1.0, 7.0, 50.0, 51.0, 99.0, 100.0);
        assertThat(Accumulators.resultOf(aggregator, List.of())).isNull();
    }

    @Test
    void smallestAndLargestStayExact() throws Exception {
        Aggregator<Integer, ?, List<Double>> aggregator =
                Aggregates.quantilesDouble(i -> (double) ValueHash.mix(i), 0, 1);
        List<Integer> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(i);
        }

        List<Double> found = Accumulators.resultOf(aggregator, many);

        assertThat(found)
                .containsExactly(
                        many.stream().mapToDouble(i -> ValueHash.mix(i)).min().orElseThrow(),
                        many.stream().mapToDouble(i -> ValueHash.mix(i)).max().orElseThrow());
    }

    @Test
    void specialDoublesHaveTheirPlaces() throws Exception {
        List<Double> values =
                List.of(Double.NaN, 0.0, Double.POSITIVE_INFINITY, -0.0, Double.NEGATIVE_INFINITY);

        List<Double> found =
                Accumulators.resultOf(
                        Aggregates.quantilesDouble(v -> v, 0.2, 0.4, 0.6, 0.8, 1), values);

        assertThat(found)
                .containsExactly(
                        Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.POSITIVE_INFINITY, Double.NaN);
    }

    @Test
    void aSketchGoesOnAfterARestoreAsIfThereHadBeenNone() {
        KllSketch plain = new KllSketch();
        KllSketch restored = new KllSketch();
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextInt(50) == 0 ? Double.NaN : random.nextDouble();
            plain.add(value);
            restored.add(value);
            if (i % 700 == 0) {
                restored = (KllSketch) Accumulators.fromHex(kll().accumulatorType(), hex(restored));
            }
        }

        assertThat(hex(restored)).isEqualTo(hex(plain));
    }

    @Test
    void aMillionValuesTakeLittleSpace() {
        KllSketch sketch = new KllSketch();
        for (int i = 0; i < 1_000_000; i++) {
            sketch.add(i);
        }

        assertThat(hex(sketch).length() / 2).isLessThan(5 * 1024);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void quantilesAreFromZeroToOne(double quantile) {
        assertThatThrownBy(() -> Aggregates.quantileDouble((Double v) -> v, quantile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("quantiles are from 0 to 1, found [" + quantile + "]");
    }

    @Test
    void theVarianceOfCloseValuesDoesNotCancel() throws Exception {
        List<Double> values = List.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);

        Double variance = Accumulators.resultOf(Aggregates.varianceDouble(v -> v), values);
        Double deviation =
                Accumulators.resultOf(Aggregates.standardDeviationDouble(v -> v), values);

        assertThat(variance).isEqualTo(30.0);
        assertThat(deviation).isEqualTo(Math.sqrt(30));
    }

    @Test
    void theVarianceIsThatOfTheTextbookHoweverItIsMerged() {
        Property.forAll(
                random -> 1e6 + random.nextDouble(), SketchesTest::assertVarianceOfTheTextbook);
    }

    private static void assertVarianceOfTheTextbook(List<Double> values) {
        if (values.size() < 2) {
            return;
        }
        double mean = values.stream().mapToDouble(v -> v).sum() / values.size();
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        Moments first = new Moments();
        Moments second = new Moments();
        for (int i = 0; i < values.size(); i++) {
            (i % 3 == 0 ? first : second).add(values.get(i));
        }

        first.add(second);

        double expected = squares / (values.size() - 1);
        double rounding = 8 * Math.ulp(mean) * Math.sqrt(expected); // Of means, times a distance.
        assertThat(first.sampleVariance()).isCloseTo(expected, within(rounding + 1e-18));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource({
        "NaN, 1, 2, NaN",
        "1, Infinity, 2, NaN",
        "1, 1e200, 2, Infinity",
        "1e308, -1e308, NaN, NaN",
        "1e308, -1e308, 1, Infinity",
        "-0.0, 0.0, -0.0, 0.0",
        "3, 3, 3, 0.0"
    })
    void variancesOfSpecialDoublesFollowTheirRules(
            Double first, Double second, Double third, Double expected) throws Exception {
        List<Double> values = List.of(first, second, third);

        Double variance = Accumulators.resultOf(Aggregates.varianceDouble(v -> v), values);

        assertThat(variance).isEqualTo(expected);
    }

    @Test
    void oneValueHasNoVariance() throws Exception {
        Aggregator<Double, ?, Double> aggregator = Aggregates.varianceDouble(v -> v);

        assertThat(Accumulators.resultOf(aggregator, List.of(5.0))).isNaN();
        assertThat(Accumulators.resultOf(aggregator, List.of())).isNull();
    }

    private static Aggregator<Double, ?, Double> kll() {
        return Aggregates.quantileDouble(v -> v, 0.5);
    }

    private static String hex(KllSketch sketch) {
        return Accumulators.hex(kll().accumulatorType(), sketch);
    }

    private static String hex(HyperLogLog sketch) {
        return Accumulators.hex(
                Aggregates.distinctApproximate((Long v) -> v).accumulatorType(), sketch);
    }

    private static Object fromHex(String hex) {
        return Accumulators.fromHex(
                Aggregates.distinctApproximate((Long v) -> v).accumulatorType(), hex);
    }
}
