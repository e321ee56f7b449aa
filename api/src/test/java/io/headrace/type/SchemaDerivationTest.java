package io.headrace.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SchemaDerivationTest {
    private static final Schema STRING = new Schema.Scalar(Schema.Kind.STRING);
    private static final Schema LONG = new Schema.Scalar(Schema.Kind.LONG);

    record Scalars(
            boolean a,
            byte b,
            short c,
            char d,
            int e,
            long f,
            float g,
            double h,
            String i,
            byte[] j,
            BigDecimal k,
            BigInteger l,
            UUID m,
            Instant n,
            Duration o,
            LocalDate p,
            LocalTime q,
            LocalDateTime r,
            OffsetDateTime s,
            ZonedDateTime t,
            ZoneId u,
            Year v,
            YearMonth w) {}

    @Named("payment")
    record Payment(@Was("card") String account, @Default("EUR") String currency, long cents) {}

    record Pair<A, B>(A first, List<? extends B> others) {}

    sealed interface Event<T> permits Opened, Moved {}

    record Opened<U>(U by) implements Event<U> {}

    sealed interface Moved<T> extends Event<T> permits Up, Down {}

    record Up<T>(T by) implements Moved<T> {}

    record Down<T>(Pair<T, T> by) implements Moved<T> {}

    record Price(long cents) {}

    public static final class Coded {
        public static final class Form implements Codec<Coded> {
            @Override
            public String name() {
                return "coded";
            }

            @Override
            public int version() {
                return 3;
            }

            @Override
            public void write(Coded value, BytesOut out) {}

            @Override
            public Coded read(BytesIn in, int writtenVersion) {
                return new Coded();
            }
        }
    }

    @WithCodec(Coded.Form.class)
    interface ByClass {}

    record ByComponent(@WithCodec(Coded.Form.class) Coded coded, ByClass other) {}

    static final class Hidden extends Exception {
        private static final long serialVersionUID = 1L;
    }

    record Tree(String name, List<Tree> children) {}

    record Growing<T>(Optional<Growing<List<T>>> next) {}

    record Holder<T>(T value) {}

    record Deep(Holder<Hidden> hidden) {}

    record Swapped(@Was("b") String a, String b) {}

    sealed interface Mixed permits Odd {}

    enum Odd implements Mixed {
        ONE
    }

    sealed interface Twins permits Left, Right {}

    @Named("twin")
    record Left() implements Twins {}

    @Named("twin")
    record Right() implements Twins {}

    @Test
    void knowsEveryScalar() {
        Schema.Struct struct = (Schema.Struct) Type.of(Scalars.class).schema();

        assertThat(struct.fields())
                .extracting(Schema.Field::schema)
                .containsExactly(
                        List.of(Schema.Kind.values()).stream()
                                .map(Schema.Scalar::new)
                                .toArray(Schema[]::new));
        assertThat(struct.fields())
                .extracting(Schema.Field::nullable)
                .startsWith(false, false, false, false, false, false, false, false, true);
    }

    @Test
    void boxedScalarsAreTheSameScalars() {
        assertThat(Type.of(Long.class).schema()).isEqualTo(Type.of(long.class).schema());
    }

    @Test
    void writesDownNamesFormerNamesAndDefaults() {
        assertThat(Type.of(Payment.class).schema())
                .isEqualTo(
                        new Schema.Struct(
                                "payment",
                                List.of(
                                        new Schema.Field("account", STRING, true, "card", null),
                                        new Schema.Field("currency", STRING, true, null, "EUR"),
                                        new Schema.Field("cents", LONG, false, null, null))));
    }

    @Test
    void resolvesTheArgumentsOfGenericRecords() {
        Schema schema = new Type<Pair<String, Long>>() {}.schema();

        assertThat(schema)
                .isEqualTo(
                        new Schema.Struct(
                                Pair.class.getName(),
                                List.of(
                                        new Schema.Field("first", STRING, true, null, null),
                                        new Schema.Field(
                                                "others",
                                                new Schema.Sequence(Schema.Shape.LIST, LONG),
                                                true,
                                                null,
                                                null))));
    }

    @Test
    void resolvesTheArgumentsOfGenericSealedTypesThroughAllTheirLevels() {
        Schema.Union union = (Schema.Union) new Type<Event<String>>() {}.schema();

        assertThat(union.name()).isEqualTo(Event.class.getName());
        assertThat(union.cases())
                .extracting(Schema.Struct::name)
                .containsExactly(Opened.class.getName(), Up.class.getName(), Down.class.getName());
        assertThat(union.cases().get(1).fields().get(0).schema()).isEqualTo(STRING);
        assertThat(union.cases().get(2).fields().get(0).schema())
                .isEqualTo(new Type<Pair<String, String>>() {}.schema());
    }

    @Test
    void knowsCollectionsArraysAndEnums() {
        assertThat(new Type<Map<String, Set<long[]>>>() {}.schema())
                .isEqualTo(
                        new Schema.Mapping(
                                STRING,
                                new Schema.Sequence(
                                        Schema.Shape.SET,
                                        new Schema.Sequence(Schema.Shape.ARRAY, LONG))));
        assertThat(new Type<Optional<List<String>[]>>() {}.schema())
                .isEqualTo(
                        new Schema.Maybe(
                                new Schema.Sequence(
                                        Schema.Shape.ARRAY,
                                        new Schema.Sequence(Schema.Shape.LIST, STRING))));
        assertThat(Type.of(DayOfWeek.class).schema())
                .isInstanceOfSatisfying(
                        Schema.Enumeration.class,
                        found -> assertThat(found.constants()).hasSize(7).startsWith("MONDAY"));
    }

    @Test
    void knowsTuples() {
        Type<Object[]> tuple = Type.tuple(List.of(Type.of(String.class), Type.of(Long.class)));

        assertThat(tuple.schema()).isEqualTo(new Schema.Tuple(List.of(STRING, LONG)));
    }

    @Test
    void takesCodecsFromTheClassTheComponentAndTheType() {
        Schema custom = new Schema.Custom("coded", 3);

        assertThat(Type.of(Coded.class, new Coded.Form()).schema()).isEqualTo(custom);
        assertThat(((Schema.Struct) Type.of(ByComponent.class).schema()).fields())
                .extracting(Schema.Field::schema)
                .containsExactly(custom, custom);
    }

    @Test
    void theSameTypeMayStandTwiceSideBySide() {
        assertThat(new Type<Pair<Price, Price>>() {}.schema()).isNotNull();
        assertThat(new Type<Holder<Holder<Price>>>() {}.schema()).isNotNull();
    }

    @Test
    void namesThePathAndTheFixOfAnUnknownClass() {
        assertThatThrownBy(() -> Type.of(Deep.class).schema())
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageStartingWith(
                        "Deep.hidden.value: " + Hidden.class.getName() + ": make it")
                .hasMessageContaining("@WithCodec(HiddenCodec.class)");
    }

    @Test
    void namesTheFixThatFitsTheClass() {
        assertRefused(new Type<List<Object>>() {}, "name the class of the values");
        assertRefused(new Type<ArrayList<String>>() {}, "declare it as List<E>");
        assertRefused(Type.of(Date.class), "java.time");
        assertRefused(Type.of(Runnable.class), "seal it");
        assertRefused(Type.of(List.class), "write its type arguments");
        assertRefused(Type.of(Pair.class), "Pair.first: A: the type argument is not known here");
    }

    @Test
    void refusesRecursion() {
        assertRefused(Type.of(Tree.class), "Tree.children[]: ");
        assertRefused(Type.of(Tree.class), "it contains itself");
        assertRefused(new Type<Growing<String>>() {}, "nested more than 64 deep");
    }

    @Test
    void refusesNamesThatStandForTwoThings() {
        assertRefused(Type.of(Swapped.class), "@Was(\"b\") at a names another component");
        assertRefused(Type.of(Twins.class), "two cases have its name");
    }

    @Test
    void refusesACaseThatIsNoRecord() {
        assertRefused(Type.of(Mixed.class), "Mixed(Odd): ");
    }

    private static void assertRefused(Type<?> type, String message) {
        assertThatThrownBy(type::schema)
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining(message);
    }
}
