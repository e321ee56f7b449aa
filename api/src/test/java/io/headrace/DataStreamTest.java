package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Fn;
import io.headrace.function.Side;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import io.headrace.type.WithCodec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataStreamTest {
    private record Keys(
            float ratio, byte[] bytes, Set<String> set, String[] array, Map<String, String> map) {}

    private record WithAmount(String account, double amount) {}

    private record Folded(String name) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Folded that && name.equalsIgnoreCase(that.name);
        }

        @Override
        public int hashCode() {
            return name.toLowerCase(Locale.ROOT).hashCode();
        }
    }

    /** Contains itself, which only a codec of its own allows. */
    @WithCodec(LinkCodec.class)
    private record Link(String name, Link next) {}

    /** Stores the name of the first link. */
    static final class LinkCodec implements Codec<Link> {
        public LinkCodec() {}

        @Override
        public String name() {
            return "link";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Link value, BytesOut out) {
            out.writeString(value.name());
        }

        @Override
        public Link read(BytesIn in, int writtenVersion) {
            return new Link(in.readString(), null);
        }
    }

    private record Nested(List<Folded> names) {}

    private final Pipeline pipeline = Pipeline.create("p");
    private final DataStream<Payment> payments =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));

    @Test
    void typesAreReadFromFunctions() {
        assertThat(payments.type()).contains(Type.of(Payment.class));
        assertThat(payments.map(payment -> payment.account()).type())
                .contains(Type.of(String.class));
        assertThat(payments.map(Payment::tags).type()).contains(new Type<List<String>>() {});
        assertThat(payments.map(Payment::account).filter(name -> true).type())
                .contains(Type.of(String.class));
        assertThat(payments.map(Payment::cents).rebalance().type()).contains(Type.of(Long.class));
    }

    @Test
    void aStreamThatAFunctionSpreadsHasItsTypeAndNoKey() {
        KeyedStream<Long, Payment> keyed = payments.keyBy(payment -> payment.id());

        DataStream<Payment> spread = keyed.partitionBy((payment, subtasks) -> 0);

        assertThat(spread).isNotInstanceOf(KeyedStream.class);
        assertThat(spread.type()).contains(Type.of(Payment.class));
        assertThatThrownBy(() -> payments.partitionBy(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("partitioner");
    }

    @Test
    void keysKeepTheTypeOfTheStream() {
        KeyedStream<Long, Payment> keyed = payments.keyBy(payment -> payment.id());

        assertThat(keyed.keyType()).isEqualTo(Type.of(Long.class));
        assertThat(keyed.type()).contains(Type.of(Payment.class));
        assertThat(keyed.map(Payment::account).type()).contains(Type.of(String.class));
        assertThat(keyed.map(Payment::account).keyType()).isEqualTo(Type.of(Long.class));
        assertThat(keyed.mapWithKey((id, payment) -> id + payment.account()).type())
                .contains(Type.of(String.class));
        assertThat(keyed.unkeyed()).isNotInstanceOf(KeyedStream.class);
    }

    @Test
    void whatALambdaDoesNotTellIsUnknownUntilItIsNamed() {
        Type<List<String>> known = new Type<>() {};
        DataStream<List<String>> unknown = payments.map(payment -> payment.tags());

        assertThat(unknown.type()).isEmpty();
        assertThat(unknown.as(known).type()).contains(known);

        unknown.forEach(tags -> {});
        assertThat(pipeline.graph().step(1).head().type()).isEqualTo(known);
    }

    @Test
    void aTypeCanBeNamedBehindStepsThatHandItOn() {
        Type<String> known = Type.of(String.class);
        DataStream<String> unknown = payments.flatMap((payment, out) -> out.emit(""));

        assertThat(unknown.filter(text -> true).as(known).type()).contains(known);
        assertThat(unknown.rebalance().as(known).type()).contains(known);
        assertThat(unknown.partitionBy((text, subtasks) -> 0).as(known).type()).contains(known);
        assertThat(unknown.merge(unknown).as(known).type()).contains(known);
        assertThat(unknown.keyBy(text -> text, known).as(known).type()).contains(known);

        unknown.forEach(text -> {});
        assertThat(pipeline.graph().steps())
                .extracting(step -> (Object) step.head().type())
                .containsExactly(
                        Type.of(Payment.class), null, known, known, known, known, known, null);
    }

    @Test
    void aTypeThatIsKnownCannotBeChanged() {
        assertThatThrownBy(() -> payments.as(Type.of(String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the type of step in is known already: io.headrace.Payment");
        assertThatThrownBy(() -> payments.filter(payment -> true).as(Type.of(String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the type of step filter-1 is known already: io.headrace.Payment");
    }

    @Test
    void theTypeOfASideOutputIsThatOfItsSide() {
        DataStream<Payment> late = lateOf("late");

        assertThatThrownBy(() -> late.as(Type.of(String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the type of a side output is known already: io.headrace.Payment");
    }

    @Test
    void mergeTakesAllStreams() {
        DataStream<Payment> other = payments.filter(payment -> true);
        DataStream<Payment> merged = payments.merge(other, lateOf("late"));
        merged.forEach(payment -> {});

        Step merge = pipeline.graph().step(4);

        assertThat(merge).isInstanceOf(Step.Merge.class);
        assertThat(merge.head().inputs())
                .containsExactly(Input.main(0), Input.main(1), new Input(3, "late"));
        assertThat(merged.type()).contains(Type.of(Payment.class));
    }

    @Test
    void mergeTakesStreamsOfOnePipelineOnly() {
        DataStream<Payment> foreign =
                Pipeline.create("other").readFrom(Described.untimed(Payment.class));

        assertThatThrownBy(() -> payments.merge(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("merge takes streams of one pipeline only");
    }

    @Test
    void aMergedStreamHasEventTimeOnlyIfAllHave() {
        DataStream<Payment> untimed =
                pipeline.readFrom("untimed", Described.untimed(Payment.class));

        assertThatThrownBy(
                        () ->
                                payments.merge(untimed)
                                        .keyBy(Payment::id)
                                        .window(Windows.tumbling(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "window needs event time, and a source before it has none:"
                                + " add .eventTime(Payment::time, outOfOrderness) to the source");
    }

    @Test
    void aKeyOfUnknownTypeIsRefused() {
        assertThatThrownBy(() -> keyByAny(payment -> payment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the type of the key cannot be read from the function:"
                                + " write keyBy(function, Type.of(MyKey.class))");
    }

    static List<Arguments> unstableKeys() {
        return List.of(
                Arguments.of(Type.of(Double.class), "java.lang.Double", "0.0 and -0.0 are equal"),
                Arguments.of(Type.of(byte[].class), "byte[]", "arrays are equal only to"),
                Arguments.of(new Type<Set<String>>() {}, "java.util.Set", "a set or an array"),
                Arguments.of(Type.of(String[].class), "java.lang.String[]", "a set or an array"),
                Arguments.of(new Type<Map<String, String>>() {}, "java.util.Map", "a map has no"),
                Arguments.of(
                        Type.of(WithAmount.class), WithAmount.class.getName() + ".amount", "0"),
                Arguments.of(Type.of(Keys.class), Keys.class.getName() + ".ratio", "0.0 and -0.0"),
                Arguments.of(Type.of(Folded.class), Folded.class.getName(), "it overrides equals"),
                Arguments.of(Type.of(Nested.class), Folded.class.getName(), "it overrides equals"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unstableKeys")
    void aKeyWithoutStableBytesIsRefused(Type<Object> type, String path, String reason) {
        assertThatThrownBy(() -> payments.keyBy(payment -> payment, type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(path)
                .hasMessageContaining(" cannot be a key: " + reason)
                .hasMessageEndingWith("Key by an id, a String or a record of ids");
    }

    @Test
    void aKeyWithACodecOfItsOwnIsLeftToIt() {
        KeyedStream<Link, Payment> keyed =
                payments.keyBy(payment -> new Link(payment.account(), null));

        assertThat(keyed.keyType()).isEqualTo(Type.of(Link.class));
    }

    private DataStream<Payment> lateOf(String name) {
        Side<Payment> late = Side.of(name, Payment.class);
        payments.keyBy(Payment::id)
                .window(Windows.tumbling(Duration.ofSeconds(1)))
                .lateTo(late)
                .aggregate("count-" + name, Aggregates.count());
        return pipeline.side(late);
    }

    private <K> void keyByAny(Fn<Payment, K> function) {
        payments.keyBy((Fn<Payment, K>) payment -> function.apply(payment));
    }

    @Test
    void aBroadcastHasOneSubtask() {
        DataStream<Payment> all =
                Pipeline.create("p")
                        .readFrom(Described.timed(Payment.class, Payment.TIME))
                        .broadcast();

        assertThatThrownBy(() -> all.parallelism(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "broadcast has one subtask, so that all get the records in one order:"
                                + " set parallelism on the step behind it");
    }
}
