package io.headrace.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.type.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bytes and hashes that stand in checkpoints. */
class FrozenFormsTest {
    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    private static final Instant TIME = Instant.parse("2026-03-01T12:34:56.789Z");

    record Account(String bank, Long number) {}

    record Card(Account account, DayOfWeek day, short part) {}

    record Nothing() {}

    sealed interface Party permits Person, Firm {}

    record Person(String name) implements Party {}

    record Firm(String name) implements Party {}

    private record Sample(Type<?> type, Object value) {}

    private static List<Sample> keys() {
        List<Sample> keys = new ArrayList<>();
        for (int number : new int[] {0, 1, -1, 42, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            keys.add(new Sample(Type.of(int.class), number));
            keys.add(new Sample(Type.of(long.class), (long) number * 1_000_003));
        }
        keys.add(new Sample(Type.of(short.class), (short) -7));
        keys.add(new Sample(Type.of(byte.class), (byte) -7));
        keys.add(new Sample(Type.of(char.class), 'Ω'));
        keys.add(new Sample(Type.of(boolean.class), true));
        keys.add(new Sample(Type.of(boolean.class), false));
        for (String text : List.of("", "a", "4711-0815", "Zürich", "水🂡")) {
            keys.add(new Sample(Type.of(String.class), text));
        }
        keys.add(new Sample(Type.of(UUID.class), ID));
        keys.add(new Sample(Type.of(BigDecimal.class), new BigDecimal("-12.340")));
        keys.add(new Sample(Type.of(BigInteger.class), new BigInteger("9".repeat(30))));
        keys.addAll(times());
        keys.addAll(composed());
        return keys;
    }

    private static List<Sample> times() {
        return List.of(
                new Sample(Type.of(Instant.class), TIME),
                new Sample(Type.of(Instant.class), Instant.EPOCH.minusNanos(1)),
                new Sample(Type.of(Duration.class), Duration.ofMillis(-1500)),
                new Sample(Type.of(LocalDate.class), LocalDate.of(1969, 7, 20)),
                new Sample(Type.of(LocalTime.class), LocalTime.of(23, 59, 59, 1)),
                new Sample(Type.of(LocalDateTime.class), LocalDateTime.of(2026, 3, 1, 0, 0)),
                new Sample(
                        Type.of(OffsetDateTime.class),
                        OffsetDateTime.parse("2026-03-01T12:00:00+05:30")),
                new Sample(
                        Type.of(ZonedDateTime.class),
                        ZonedDateTime.ofInstant(TIME, ZoneId.of("Europe/Zurich"))),
                new Sample(Type.of(ZoneId.class), ZoneId.of("Europe/Zurich")),
                new Sample(Type.of(Year.class), Year.of(2026)),
                new Sample(Type.of(YearMonth.class), YearMonth.of(2026, 3)));
    }

    private static List<Sample> composed() {
        Card card = new Card(new Account("ACME", null), DayOfWeek.SUNDAY, (short) 3);
        return List.of(
                new Sample(Type.of(DayOfWeek.class), DayOfWeek.MONDAY),
                new Sample(Type.of(Account.class), new Account("ACME", 12L)),
                new Sample(Type.of(Account.class), new Account(null, null)),
                new Sample(Type.of(Card.class), card),
                new Sample(Type.of(Nothing.class), new Nothing()),
                new Sample(Type.of(Party.class), new Person("Ada")),
                new Sample(Type.of(Party.class), new Firm("Ada")),
                new Sample(new Type<List<String>>() {}, List.of("a", "b")),
                new Sample(new Type<Optional<String>>() {}, Optional.of("a")),
                new Sample(new Type<Optional<String>>() {}, Optional.empty()),
                new Sample(
                        Type.tuple(List.of(Type.of(String.class), Type.of(long.class))),
                        new Object[] {"a", 1L}));
    }

    private static List<Sample> values() {
        List<Sample> values = new ArrayList<>(keys());
        values.add(new Sample(Type.of(double.class), -0.0));
        values.add(new Sample(Type.of(float.class), 1.5f));
        values.add(new Sample(Type.of(byte[].class), new byte[] {1, 2}));
        values.add(new Sample(Type.of(long[].class), new long[] {-1, 300}));
        values.add(new Sample(Type.of(double[].class), new double[] {0.1}));
        values.add(new Sample(Type.of(int[].class), new int[] {7}));
        values.add(new Sample(new Type<Set<Integer>>() {}, Set.of(5)));
        values.add(new Sample(new Type<Map<String, Long>>() {}, Map.of("k", 9L)));
        values.add(
                new Sample(
                        Type.of(Samples.Money.class),
                        new Samples.Money(java.util.Currency.getInstance("EUR"), 5)));
        return values;
    }

    @Test
    void hashesOfKeysAreFrozen() throws IOException {
        GoldenFile.require(
                "key-hash.txt",
                keys().stream()
                        .map(key -> line(key) + " -> " + KeyHash.of(key.type, 128).hash(key.value))
                        .toList());
    }

    @Test
    void bytesOfValuesAreFrozen() throws IOException {
        GoldenFile.require(
                "codec-bytes.txt",
                values().stream().map(value -> line(value) + " -> " + hex(value)).toList());
    }

    private static String hex(Sample sample) {
        return HexFormat.of().formatHex(Writers.bytes(Writers.of(sample.type), sample.value));
    }

    private static String line(Sample sample) {
        String value = sample.value.getClass().isArray() ? "array" : String.valueOf(sample.value);
        return sample.type + " " + value;
    }

    @Test
    void hashesAreThoseOfTheSpecification() {
        assertThat(hash(Type.of(String.class), "abc")).isEqualTo(96_354);
        assertThat(hash(Type.of(long.class), 1L << 32 | 2)).isEqualTo(3);
        assertThat(hash(Type.of(DayOfWeek.class), DayOfWeek.MONDAY)).isEqualTo("MONDAY".hashCode());
        assertThat(hash(Type.of(Account.class), new Account("abc", null)))
                .isEqualTo(31 * (31 + 96_354));
        assertThat(hash(new Type<List<Integer>>() {}, List.of(3, 4)))
                .isEqualTo(Arrays.asList(3, 4).hashCode());
    }

    @Test
    void murmurEqualsItsPublishedVectors() {
        assertThat(Murmur.hash(new byte[0])).isZero();
        assertThat(Murmur.hash(new byte[1])).isEqualTo(0x514E28B7);
        assertThat(Murmur.hash(new byte[2])).isEqualTo(0x30F4C306);
        assertThat(Murmur.hash(new byte[3])).isEqualTo(0x85F0B427);
        assertThat(Murmur.hash(new byte[4])).isEqualTo(0x2362F9DE);
        assertThat(Murmur.hash(new byte[] {-1, -1, -1, -1})).isEqualTo(0x76293B50);
        assertThat(Murmur.hash(new byte[] {0x21, 0x43, 0x65, (byte) 0x87})).isEqualTo(0xF55B516B);
        assertThat(
                        Murmur.hash(
                                "The quick brown fox jumps over the lazy dog"
                                        .getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0x2E4FF723);
    }

    @Test
    void refusesKeysThatAreEqualWithDifferentBytes() {
        List<Type<?>> refused =
                List.of(
                        Type.of(double.class),
                        Type.of(byte[].class),
                        Type.of(long[].class),
                        new Type<Set<String>>() {},
                        new Type<Map<String, String>>() {},
                        new Type<Optional<Float>>() {});
        for (Type<?> type : refused) {
            assertThatThrownBy(() -> KeyHash.of(type, 128))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be part of a key");
        }
    }

    private static int hash(Type<?> type, Object value) {
        return KeyHash.of(type, 128).hash(value);
    }
}
