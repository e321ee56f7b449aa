package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Aggregator;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The aggregates that keep values: first, last, distinct, collect, topK. */
class KeptValuesTest {
    private record Bid(String bidder, Long cents) {}

    private record Reading(String sensor, double[] samples) {}

    private enum Colour {
        RED,
        GREEN
    }

    /** Stores nothing: the value is known by being there. */
    private static final class Silent implements Codec<Colour> {
        @Override
        public String name() {
            return "colour";
        }

        @Override
        public int version() {
            return 3;
        }

        @Override
        public void write(Colour value, BytesOut out) {
            if (value != Colour.RED) {
                out.writeByte(1);
            }
        }

        @Override
        public Colour read(BytesIn in, int writtenVersion) {
            return in.remaining() == 0 ? Colour.RED : Colour.values()[in.readByte()];
        }
    }

    private static final Type<Colour> COLOUR = Type.of(Colour.class, new Silent());

    @Test
    void firstAndLastFollowTheOrderOfArrival() throws Exception {
        List<String> values = List.of("b", "c", "a");

        assertThat(Accumulators.resultOf(Aggregates.first((String v) -> v), values)).isEqualTo("b");
        assertThat(Accumulators.resultOf(Aggregates.last((String v) -> v), values)).isEqualTo("a");
    }

    @Test
    void theFirstPartOfAMergeHoldsTheEarlierValues() throws Exception {
        assertThat(merged(Aggregates.first((String v) -> v), List.of("x"), List.of("a")))
                .isEqualTo("x");
        assertThat(merged(Aggregates.last((String v) -> v), List.of("x"), List.of("a")))
                .isEqualTo("a");
        assertThat(merged(Aggregates.collect(9, (String v) -> v), List.of("x"), List.of("a")))
                .isEqualTo(List.of("x", "a"));
    }

    @Test
    void distinctCountsByEquals() throws Exception {
        Aggregator<BigDecimal, ?, Long> decimals = Aggregates.distinct(10, (BigDecimal v) -> v);
        Aggregator<Double, ?, Long> doubles = Aggregates.distinct(10, (Double v) -> v);

        Long scales =
                Accumulators.resultOf(
                        decimals,
                        List.of(
                                new BigDecimal("1.0"),
                                new BigDecimal("1.00"),
                                new BigDecimal("1.0")));
        Long special =
                Accumulators.resultOf(
                        doubles,
                        List.of(
                                0.0,
                                -0.0,
                                Double.NaN,
                                Double.longBitsToDouble(0x7ff8_0000_0000_0001L)));

        assertThat(scales).isEqualTo(2);
        assertThat(special).isEqualTo(3);
    }

    @Test
    void moreDifferentValuesThanTheLimitAreAnErrorThatMergesLikeAnyOther() throws Exception {
        Aggregator<Long, Object, Long> three = erased(Aggregates.distinct(3, (Long v) -> v));
        Object many = Accumulators.of(three, List.of(1L, 2L, 3L, 4L));

        Object merged = three.merge(three.create(), many);
        three.add(merged, 1L);

        assertThat(Accumulators.resultOf(three, List.of(1L, 2L, 3L, 1L))).isEqualTo(3);
        assertThatThrownBy(() -> three.result(merged))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "there are more than 3 different values: raise the limit of"
                                + " Aggregates.distinct, or use distinctApproximate");
    }

    @Test
    void aSetBeyondItsLimitKeepsNothing() throws Exception {
        Aggregator<Long, ?, Long> three = Aggregates.distinct(3, (Long v) -> v);

        Object many = Accumulators.of(three, List.of(1L, 2L, 3L, 4L, 5L));

        assertThat(Accumulators.image(three, many)).isEqualTo(List.of(true, Set.of()));
    }

    @Test
    void whatWasOnceBeyondTheLimitIsNotTakenForComplete() throws Exception {
        Aggregator<Long, Object, Long> few = erased(Aggregates.distinct(1, (Long v) -> v));
        Aggregator<Long, Object, Long> more = erased(Aggregates.distinct(9, (Long v) -> v));
        Aggregator<Long, Object, List<Long>> one = erased(Aggregates.collect(1, (Long v) -> v));
        Aggregator<Long, Object, List<Long>> longer = erased(Aggregates.collect(9, (Long v) -> v));
        List<Long> values = List.of(1L, 2L);

        assertThatThrownBy(() -> more.result(Accumulators.of(few, values)))
                .hasMessageContaining("more than 9 different values");
        assertThatThrownBy(() -> longer.result(Accumulators.of(one, values)))
                .hasMessageContaining("there are 2 values, and 1 were kept");
    }

    @Test
    void collectRefusesTheResultOfMoreThanItsLimit() throws Exception {
        Aggregator<String, ?, List<String>> two = Aggregates.collect(2, (String v) -> v);

        List<String> found = Accumulators.resultOf(two, List.of("b", "a"));

        assertThat(found).containsExactly("b", "a");
        assertThatThrownBy(() -> Accumulators.resultOf(two, List.of("a", "b", "c")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "there are 3 values, and 2 were kept: raise the limit of"
                                + " Aggregates.collect, now 2, start over, or use an aggregate that"
                                + " needs no list");
    }

    @Test
    void aCollectedListDoesNotChangeWhenMoreComes() throws Exception {
        Aggregator<String, Object, List<String>> all =
                erased(Aggregates.collect(9, (String v) -> v));
        Object accumulator = Accumulators.of(all, List.of("a"));

        List<String> found = all.result(accumulator);
        all.add(accumulator, "b");

        assertThat(found).containsExactly("a");
    }

    @Test
    void topKFindsTheLargestAndOfEqualOnesTheEarlier() throws Exception {
        List<Bid> bids =
                List.of(
                        new Bid("a", 5L),
                        new Bid("b", 9L),
                        new Bid("c", 5L),
                        new Bid("d", 1L),
                        new Bid("e", 9L));

        List<Bid> top =
                Accumulators.resultOf(Aggregates.topK(3, Bid::cents, Type.of(Bid.class)), bids);

        assertThat(top).extracting(Bid::bidder).containsExactly("b", "e", "a");
    }

    @Test
    void topKIsWhatSortingGives() {
        Property.forAll(random -> random.nextLong(20), KeptValuesTest::assertSorted);
    }

    private static void assertSorted(List<Long> values) throws Exception {
        List<String> records = new ArrayList<>();
        for (Long value : values) {
            records.add(records.size() + ":" + value);
        }

        List<String> top =
                Accumulators.resultOf(
                        Aggregates.topK(5, KeptValuesTest::number, Type.of(String.class)), records);

        records.sort(Comparator.comparing(KeptValuesTest::number).reversed()); // Stable.
        assertThat(top).isEqualTo(records.subList(0, Math.min(5, records.size())));
    }

    private static Long number(String record) {
        return Long.valueOf(record.split(":")[1]);
    }

    @Test
    void anotherKIsAnotherAggregate() {
        assertThat(Aggregates.topK(3, Bid::cents, Type.of(Bid.class)).name()).isEqualTo("top 3");
        assertThat(Aggregates.first(Bid::cents).name()).isEqualTo("first");
        assertThat(Aggregates.last(Bid::cents).name()).isEqualTo("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "last", "distinct", "collect", "topK", "distinctApproximate"})
    void nullIsRefusedByName(String name) {
        Aggregator<Bid, ?, ?> aggregator =
                switch (name) {
                    case "first" -> Aggregates.first(Bid::cents);
                    case "last" -> Aggregates.last(Bid::cents);
                    case "distinct" -> Aggregates.distinct(3, Bid::cents);
                    case "collect" -> Aggregates.collect(3, Bid::cents);
                    case "topK" -> Aggregates.topK(3, Bid::cents, Type.of(Bid.class));
                    default -> Aggregates.distinctApproximate(Bid::cents);
                };

        assertThatThrownBy(() -> Accumulators.of(aggregator, List.of(new Bid("a", null))))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(
                        "the function of "
                                + name
                                + " returned null: drop such records with filter before");
    }

    @Test
    void badLimitsAndTypesAreRefusedAtOnce() {
        assertThatThrownBy(() -> Aggregates.collect(0, Bid::cents))
                .hasMessage("the limit of collect is 0, must be at least 1");
        assertThatThrownBy(() -> Aggregates.distinct(-1, Bid::cents))
                .hasMessage("the limit of distinct is -1, must be at least 1");
        assertThatThrownBy(() -> Aggregates.topK(1001, Bid::cents, Type.of(Bid.class)))
                .hasMessage("topK finds 1 to 1000 records, found k=1001");
        assertThatThrownBy(() -> Aggregates.distinct(9, Reading::samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is an array, which equals only itself");
        assertThatThrownBy(() -> Aggregates.distinct(9, (Reading v) -> v))
                .hasMessageContaining("Reading.samples is an array");
    }

    @Test
    void valuesWithACodecOfTheirOwnAreStoredByItInListsAndSets() throws Exception {
        Aggregator<Colour, ?, ?> list = Aggregates.collect(9, colour -> colour, COLOUR);
        Aggregator<Colour, ?, ?> set = Aggregates.distinct(9, colour -> colour, COLOUR);
        Type<?> listType = list.accumulatorType().parts().get(1);
        Type<?> setType = set.accumulatorType().parts().get(1);
        List<Colour> colours = List.of(Colour.RED, Colour.GREEN, Colour.RED);

        Object[] listed = (Object[]) Accumulators.of(list, colours);
        Object[] counted = (Object[]) Accumulators.of(set, colours);

        assertThat(listType.codec().orElseThrow().name()).isEqualTo("agg.list.colour");
        assertThat(setType.codec().orElseThrow().name()).isEqualTo("agg.set.colour");
        assertThat(setType.codec().orElseThrow().version()).isEqualTo(3);
        assertThat(Accumulators.hex(listType, listed[1])).isEqualTo("03" + "00" + "0101" + "00");
        assertThat(Accumulators.hex(setType, counted[1])).isEqualTo("02" + "00" + "0101");
        assertThat(Accumulators.fromHex(listType, "03" + "00" + "0101" + "00")).isEqualTo(colours);
        assertThatThrownBy(() -> Accumulators.fromHex(setType, "02" + "00" + "00"))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Accumulators.fromHex(listType, "01" + "020101"))
                .hasMessage("codec colour read not all of its bytes");
    }

    @Test
    void aMillionValuesLeaveNoMoreThanTheLimit() throws Exception {
        List<Long> million = LongStream.range(0, 1_000_000).boxed().toList();

        Object collected =
                Accumulators.of(Aggregates.collect(10, (Long v) -> v), million.subList(0, 20));
        Object top = Accumulators.of(Aggregates.topK(10, v -> v, Type.of(Long.class)), million);

        assertThat((List<?>) ((Object[]) collected)[1]).hasSize(10);
        assertThat((List<?>) top).hasSize(10).first().isEqualTo(999_999L);
    }

    private static <T, A, R> R merged(Aggregator<T, A, R> aggregator, List<T> one, List<T> other)
            throws Exception {
        return aggregator.result(
                aggregator.merge(
                        Accumulators.of(aggregator, one), Accumulators.of(aggregator, other)));
    }

    @SuppressWarnings("unchecked") // Nothing but the aggregator itself touches its accumulators.
    private static <T, R> Aggregator<T, Object, R> erased(Aggregator<T, ?, R> aggregator) {
        return (Aggregator<T, Object, R>) aggregator;
    }
}
