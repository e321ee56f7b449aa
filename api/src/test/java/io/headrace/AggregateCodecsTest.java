package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Aggregator;
import io.headrace.type.BytesIn;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The names and bytes of accumulators are frozen: a change here breaks stored state. */
class AggregateCodecsTest {
    private static final List<String> VALUES = List.of("1.50", "-300", "2.125");

    static Stream<Arguments> golden() {
        return Stream.concat(exact(), estimates());
    }

    private static Stream<Arguments> exact() {
        return Stream.of(
                Arguments.of("agg.count", Aggregates.count(), "06"),
                Arguments.of(
                        "agg.sum.long",
                        Aggregates.sumLong(AggregateCodecsTest::whole),
                        "d104" + "00"),
                Arguments.of(
                        "agg.sum.double",
                        Aggregates.sumDouble(Double::parseDouble),
                        "c072860000000000" + "0000000000000000"),
                Arguments.of(
                        "agg.sum.decimal",
                        Aggregates.sumDecimal(AggregateCodecsTest::decimal),
                        "03" + "000202" + "03fb7a49"),
                Arguments.of(
                        "agg.average.long",
                        Aggregates.averageLong(AggregateCodecsTest::whole),
                        "d104" + "00" + "06"),
                Arguments.of(
                        "agg.average.double",
                        Aggregates.averageDouble(Double::parseDouble),
                        "c072860000000000" + "0000000000000000" + "06"),
                Arguments.of(
                        "agg.average.decimal",
                        Aggregates.averageDecimal(AggregateCodecsTest::decimal),
                        "03" + "000202" + "03fb7a49" + "06"),
                Arguments.of(
                        "agg.min.long",
                        Aggregates.minLong(AggregateCodecsTest::whole),
                        "01" + "d704"),
                Arguments.of(
                        "agg.max.long",
                        Aggregates.maxLong(AggregateCodecsTest::whole),
                        "01" + "04"),
                Arguments.of(
                        "agg.min.double",
                        Aggregates.minDouble(Double::parseDouble),
                        "01" + "c072c00000000000"),
                Arguments.of(
                        "agg.max.double",
                        Aggregates.maxDouble(Double::parseDouble),
                        "01" + "4001000000000000"));
    }

    private static Stream<Arguments> estimates() {
        return Stream.of(
                Arguments.of(
                        "agg.variance.double",
                        Aggregates.varianceDouble(Double::parseDouble),
                        "06" + "c058b2aaaaaaaaab" + "40eda6ec55555555"),
                Arguments.of(
                        "agg.variance.double",
                        Aggregates.standardDeviationDouble(Double::parseDouble),
                        "06" + "c058b2aaaaaaaaab" + "40eda6ec55555555"),
                Arguments.of(
                        "agg.quantiles.kll200",
                        Aggregates.quantileDouble(Double::parseDouble, 0.5),
                        "06"
                                + "c072c00000000000"
                                + "4001000000000000"
                                + "0103"
                                + "c072c00000000000"
                                + "3ff8000000000000"
                                + "4001000000000000"),
                Arguments.of(
                        "agg.distinct.hll14",
                        Aggregates.distinctApproximate(AggregateCodecsTest::decimal),
                        "000383abb2b004ffa3d923829af68302"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void nameVersionAndBytesAreFrozen(String name, Aggregator<String, ?, ?> aggregator, String hex)
            throws Exception {
        Type<?> type = aggregator.accumulatorType();

        Object accumulator = Accumulators.of(aggregator, VALUES);

        assertThat(type.codec().orElseThrow().name()).isEqualTo(name);
        assertThat(type.codec().orElseThrow().version()).isEqualTo(1);
        assertThat(Accumulators.hex(type, accumulator)).isEqualTo(hex);
        assertThat(Accumulators.hex(type, Accumulators.fromHex(type, hex))).isEqualTo(hex);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void anEmptyAccumulatorIsReadAsItWasWritten(
            String name, Aggregator<String, ?, ?> aggregator, String hex) {
        Type<?> type = aggregator.accumulatorType();
        String empty = Accumulators.hex(type, aggregator.create());

        Object read = Accumulators.fromHex(type, empty);

        assertThat(Accumulators.hex(type, read)).isEqualTo(empty);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void anotherVersionIsRefused(String name, Aggregator<String, ?, ?> aggregator, String hex) {
        assertThatThrownBy(() -> aggregator.accumulatorType().codec().orElseThrow().read(null, 2))
                .isInstanceOf(DecodeException.class)
                .hasMessage(name + " has version 1 only, found 2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void anyBytesGiveAValueOrADecodeException(
            String name, Aggregator<String, ?, ?> aggregator, String hex) {
        Property.forAll(
                random -> (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 1),
                bytes -> assertTotal(aggregator.accumulatorType(), bytes));
    }

    @Test
    void wrapsOfALongSumAreStored() throws Exception {
        Aggregator<Long, ?, Long> aggregator = Aggregates.sumLong(value -> value);

        Object accumulator = Accumulators.of(aggregator, List.of(Long.MAX_VALUE, 1L));

        assertThat(Accumulators.hex(aggregator.accumulatorType(), accumulator))
                .isEqualTo("ffffffffffffffffff01" + "02");
    }

    @Test
    void everyNaNIsStoredInOneForm() throws Exception {
        Aggregator<Double, ?, Double> aggregator = Aggregates.sumDouble(value -> value);
        Double other = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);

        Object accumulator = Accumulators.of(aggregator, List.of(1.0, other));

        assertThat(Accumulators.hex(aggregator.accumulatorType(), accumulator))
                .isEqualTo("7ff8000000000000" + "0000000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "agg.count, 01, not negative",
        "agg.sum.decimal, 01000100, of no value",
        "agg.sum.decimal, 0000, at least 1 byte",
        "agg.sum.decimal, 05, more than the 0 bytes",
        "agg.min.long, 02, 0 or 1",
        "agg.variance.double, 0000000000000000003ff0000000000000, 0 values have no mean",
        "agg.variance.double, 027ff80000000000000000000000000000, no mean NaN",
        "agg.variance.double, 020000000000000000bff0000000000000, no mean",
        "agg.quantiles.kll200, 01, not negative",
        "agg.quantiles.kll200, 020000000000000000000000000000000000, 1 to 35 levels",
        "agg.quantiles.kll200, 020000000000000000000000000000000001ff7f, do not fit",
        "agg.quantiles.kll200, 04000000000000000000000000000000000101"
                + "0000000000000000, stand for 1",
        "agg.quantiles.kll200, 02000000000000000000000000000000000101"
                + "3ff0000000000000, below 0.0",
        "agg.distinct.hll14, 0001c001, rank is from 1 to 40",
        "agg.distinct.hll14, 00024101, out of order",
        "agg.distinct.hll14, 0001ffffffff0f, out of order",
        "agg.distinct.hll14, 01, not within the 0 bytes",
    })
    void brokenBytesAreRefused(String name, String hex, String reason) {
        Type<?> type = typeNamed(name);

        assertThatThrownBy(() -> Accumulators.fromHex(type, hex))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining(reason);
    }

    private static void assertTotal(Type<?> type, List<Byte> bytes) {
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        try {
            assertThat(type.codec().orElseThrow().read(new BytesIn(array), 1)).isNotNull();
        } catch (DecodeException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    private static Type<?> typeNamed(String name) {
        return golden().filter(arguments -> arguments.get()[0].equals(name))
                .map(arguments -> ((Aggregator<?, ?, ?>) arguments.get()[1]).accumulatorType())
                .findFirst()
                .orElseThrow();
    }

    private static long whole(String text) {
        return new BigDecimal(text).longValue();
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
