package io.headrace.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.type.BytesIn;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Default;
import io.headrace.type.Named;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.UnknownTypeException;
import io.headrace.type.Was;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may change between two versions of a program: each pair of records stands for one type. */
class EvolutionTest {
    @Named("payment")
    record Before(String card, int cents, float rate, String note, Level level) {}

    @Named("payment")
    record After(
            @Default("EUR") String currency,
            @Was("card") String account,
            long cents,
            double rate,
            Optional<String> note,
            @Default("12.50") BigDecimal limit,
            @Default("3") int retries,
            @Default("HIGH") NewLevel risk,
            Optional<Long> added,
            List<String> tags,
            Set<String> labels,
            Map<String, Long> counts,
            long[] sums,
            Integer nothing,
            NewLevel level) {}

    @Named("level")
    enum Level {
        LOW,
        HIGH
    }

    @Named("level")
    enum NewLevel {
        HIGH,
        MIDDLE,
        LOW
    }

    @Named("level")
    enum Fewer {
        LOW
    }

    @Named("payment")
    record Nothing() {}

    @Named("payment")
    record Guessing(String card, long guessed) {}

    @Named("payment")
    record Narrow(short cents) {}

    @Named("payment")
    record BadDefault(@Default("many") int retries) {}

    @Named("payment")
    record Boxed(Integer cents) {}

    @Named("payment")
    record Unboxed(int cents) {}

    record Renamed(String card) {}

    @Named("event")
    sealed interface Event permits Opened, Closed {}

    @Named("opened")
    record Opened(int by) implements Event {}

    @Named("closed")
    record Closed(String why) implements Event {}

    @Named("event")
    sealed interface LaterEvent permits Paused, LaterOpened {}

    @Named("paused")
    record Paused() implements LaterEvent {}

    @Named("opened")
    record LaterOpened(long by) implements LaterEvent {}

    @Named("key")
    record Key(long id, Level level) {}

    @Named("key")
    record MoreLevels(long id, LevelAtEnd level) {}

    @Named("level")
    enum LevelAtEnd {
        LOW,
        HIGH,
        HIGHEST
    }

    @Named("key")
    record MovedLevels(long id, NewLevel level) {}

    @Named("key")
    record WiderKey(long id, Level level, String more) {}

    @Test
    void readsWhatAnOlderProgramWrote() {
        Before before = new Before("4711", 250, 0.5f, "hi", Level.HIGH);

        After after = evolve(Type.of(Before.class), before, Type.of(After.class));

        assertThat(after.currency()).isEqualTo("EUR");
        assertThat(after.account()).isEqualTo("4711");
        assertThat(after.cents()).isEqualTo(250);
        assertThat(after.rate()).isEqualTo(0.5);
        assertThat(after.note()).contains("hi");
        assertThat(after.limit()).isEqualTo(new BigDecimal("12.50"));
        assertThat(after.retries()).isEqualTo(3);
        assertThat(after.risk()).isEqualTo(NewLevel.HIGH);
        assertThat(after.added()).isEmpty();
        assertThat(after.tags()).isEmpty();
        assertThat(after.labels()).isEmpty();
        assertThat(after.counts()).isEmpty();
        assertThat(after.sums()).isEmpty();
        assertThat(after.nothing()).isNull();
        assertThat(after.level()).isEqualTo(NewLevel.HIGH);
    }

    @Test
    void aNullThatBecameOptionalIsEmpty() {
        Before before = new Before(null, 1, 1, null, null);

        After after = evolve(Type.of(Before.class), before, Type.of(After.class));

        assertThat(after.account()).isNull();
        assertThat(after.note()).isEmpty();
        assertThat(after.level()).isNull();
    }

    @Test
    void emptyCollectionsOfTwoValuesAreNotTheSame() {
        Before before = new Before(null, 1, 1, null, null);
        After first = evolve(Type.of(Before.class), before, Type.of(After.class));

        first.tags().add("mine");

        assertThat(evolve(Type.of(Before.class), before, Type.of(After.class)).tags()).isEmpty();
    }

    @Test
    void skipsWhatWasRemovedWhateverItWas() {
        RandomValues values = new RandomValues(3);
        for (Type<?> type : Samples.types()) {
            for (int i = 0; i < 50; i++) {
                Schema.Field field = new Schema.Field("gone", type.schema(), true, null, null);
                Schema written = new Schema.Struct("payment", List.of(field));
                byte[] value = Writers.bytes(Writers.of(type), values.of(type));
                byte[] bytes = new byte[value.length + 1]; // The mask says it is there.
                System.arraycopy(value, 0, bytes, 1, value.length);
                BytesIn in = new BytesIn(bytes);

                Codec<Nothing> codec = Codecs.reading(written, Type.of(Nothing.class));

                assertThat(codec.read(in, 1)).isEqualTo(new Nothing());
                assertThat(in.remaining()).as("%s", type).isZero();
            }
        }
    }

    @Test
    void aSealedTypeMayGainCasesAndMoveThem() {
        LaterEvent read = evolve(Type.of(Event.class), new Opened(5), Type.of(LaterEvent.class));

        assertThat(read).isEqualTo(new LaterOpened(5));
    }

    @Test
    void aRemovedCaseOrConstantFailsWhenItIsRead() {
        assertThatThrownBy(
                        () ->
                                evolve(
                                        Type.of(Event.class),
                                        new Closed("x"),
                                        Type.of(LaterEvent.class)))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("case closed was stored and event has it no more");
        assertThatThrownBy(() -> evolve(Type.of(Level.class), Level.HIGH, Type.of(Fewer.class)))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("constant HIGH");
        assertThat(evolve(Type.of(Level.class), Level.LOW, Type.of(Fewer.class)))
                .isEqualTo(Fewer.LOW);
    }

    @Test
    void neverGuesses() {
        requireIncompatible(Type.of(Guessing.class), "Guessing.guessed was stored as nothing");
        requireIncompatible(Type.of(Guessing.class), "@Default");
        requireIncompatible(Type.of(Narrow.class), "Narrow.cents was stored as INT and is now");
        requireIncompatible(Type.of(Renamed.class), "add @Named(\"payment\")");
        assertThatThrownBy(() -> Codecs.of(Type.of(BadDefault.class)))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("@Default(\"many\") is no int");
        assertThatThrownBy(
                        () -> Codecs.reading(Type.of(Boxed.class).schema(), Type.of(Unboxed.class)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("possibly null");
        assertThatThrownBy(
                        () ->
                                Codecs.reading(
                                        new Schema.Custom("currency", 3),
                                        Type.of(Samples.Money.class)))
                .isInstanceOf(IncompatibleSchemaException.class);
    }

    private static void requireIncompatible(Type<?> now, String message) {
        assertThatThrownBy(() -> Codecs.reading(Type.of(Before.class).schema(), now))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining(message);
    }

    @Test
    void keysAreFrozenButForConstantsAtTheEndOfAnEnum() {
        Schema written = Type.of(Key.class).schema();

        assertThat(Codecs.readingKey(written, Type.of(Key.class))).isNotNull();
        assertThat(Codecs.readingKey(written, Type.of(MoreLevels.class))).isNotNull();
        assertThatThrownBy(() -> Codecs.readingKey(written, Type.of(MovedLevels.class)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("keys cannot change");
        assertThatThrownBy(() -> Codecs.readingKey(written, Type.of(WiderKey.class)))
                .isInstanceOf(IncompatibleSchemaException.class);
    }

    @Test
    void aReadingCodecDoesNotWrite() {
        Codec<Before> codec = Codecs.reading(Type.of(Before.class).schema(), Type.of(Before.class));

        assertThatThrownBy(() -> CodecsTest.write(codec, new Before("", 1, 1, "", null)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static <A, B> B evolve(Type<A> before, A value, Type<B> after) {
        byte[] bytes = CodecsTest.write(Codecs.of(before), value);
        Schema written = SchemaText.parse(SchemaText.write(before.schema()));
        BytesIn in = new BytesIn(bytes);
        B read = Codecs.reading(written, after).read(in, 1);
        assertThat(in.remaining()).isZero();
        return read;
    }
}
