package io.headrace.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.formats.ChunkedInput.Event;
import io.headrace.type.UnknownTypeException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    record Payment(long id, Instant time, BigDecimal amount, String card) {}

    record Reason(String rule, double value, double limit) {}

    record Alert(long id, List<Reason> reasons, Optional<Reason> first, Map<Long, String> notes) {}

    record Odd(Set<Color> colors, double[] values, String[] texts, byte[] bytes, Character c) {}

    record Numbers(double real, Float single, int integer, Byte small, boolean yes) {}

    record Inside(List<Inside> children) {}

    record Loose(Object anything) {}

    enum Color {
        RED,
        GREEN
    }

    @Test
    void writesFieldsInOrderDecimalsPlainlyAndNullsAsNull() {
        Payment payment =
                new Payment(
                        7, Instant.parse("2018-04-01T00:00:31Z"), new BigDecimal("57.10"), null);

        assertThat(encoded(Json.lines(Payment.class), payment))
                .isEqualTo(
                        "{\"id\":7,\"time\":\"2018-04-01T00:00:31Z\",\"amount\":57.10,"
                                + "\"card\":null}\n");
    }

    @Test
    void writesTheShortestDigitsOfADouble() {
        assertThat(
                        encoded(
                                Json.lines(Reason.class),
                                new Reason("r", 2.0E-3, 2.2250738585072014E-308)))
                .isEqualTo("{\"rule\":\"r\",\"value\":0.002,\"limit\":2.2250738585072014E-308}\n");
        assertThat(encoded(Json.lines(Reason.class), new Reason("r", Double.NaN, 2E23)))
                .isEqualTo("{\"rule\":\"r\",\"value\":\"NaN\",\"limit\":2.0E23}\n");
    }

    @Test
    void nestedValuesComeBackAsTheyWere() {
        Reason reason = new Reason("ré\"\\\n😀", 5.9, Double.NEGATIVE_INFINITY);
        List<Alert> alerts =
                List.of(
                        new Alert(1, List.of(reason, reason), Optional.of(reason), Map.of(3L, "x")),
                        new Alert(2, null, Optional.empty(), Map.of()),
                        new Alert(3, Arrays.asList(reason, null), Optional.empty(), null));

        byte[] bytes = CsvTest.encode(Json.lines(Alert.class), alerts);

        assertThat(ChunkedInput.whole(bytes, Json.lines(Alert.class)))
                .extracting(Event::value)
                .isEqualTo(alerts);
    }

    @Test
    void arraysAndSetsComeBackAsTheyWere() {
        Odd odd =
                new Odd(
                        Set.of(Color.RED),
                        new double[] {1.5, -0.0},
                        new String[] {"a", null},
                        new byte[] {1, -1},
                        'ß');
        byte[] bytes = CsvTest.encode(Json.lines(Odd.class), List.of(odd));

        Odd read = (Odd) ChunkedInput.whole(bytes, Json.lines(Odd.class)).get(0).value();

        assertThat(read).usingRecursiveComparison().isEqualTo(odd);
    }

    @Test
    void doublesComeBackToTheLastBit() {
        Random random = new Random(0);
        for (int round = 0; round < 20_000; round++) {
            double value = Double.longBitsToDouble(random.nextLong());
            byte[] bytes =
                    CsvTest.encode(
                            Json.lines(Reason.class), List.of(new Reason("", value, round / 7.0)));

            Event event = ChunkedInput.whole(bytes, Json.lines(Reason.class)).get(0);

            assertThat(event.value()).isEqualTo(new Reason("", value, round / 7.0));
        }
    }

    @Test
    void ignoresUnknownFieldsAndTakesMissingOnesAsNull() {
        List<Event> events =
                decode(Json.lines(Payment.class), "{\"x\":{\"id\":[1,{}]},\"id\":7}\r\n");

        assertThat(events)
                .extracting(Event::value)
                .containsExactly(new Payment(7, null, null, null));
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{} | real: is missing",
                "{\"real\":null} | real: is null",
                "{\"real\":\"1.5\"} | real: expected a number, found 1.5",
                "{\"real\":1e999} | real: the number is beyond double",
                "{\"real\":[1]} | real: expected a number, found an array",
                "{\"real\":1,\"integer\":1.5} | integer: expected an integral number, found 1.5",
                "{\"real\":1,\"integer\":3000000000} | integer: expected an integer from",
                "{\"real\":1,\"integer\":1,\"yes\":1} | yes: expected true or false, found 1",
                "{\"real\":1,\"real\":1} | real: occurs twice",
                "{\"real\":1 | no JSON:",
                "{\"real\":1]} | no JSON:",
                "{\"real\":1,\"integer\":1,\"yes\":true} x | no JSON:",
                "{\"real\":1,\"integer\":1,\"yes\":true}{} | text follows the object",
                "[1] | expected a JSON object",
                "nonsense | no JSON:",
            })
    void saysWhatIsWrongWithALine(String line, String reason) {
        String good = "{\"real\":1,\"integer\":1,\"yes\":true}\n";

        List<Event> events = decode(Json.lines(Numbers.class), good + line + "\n" + good);

        assertThat(events).hasSize(3);
        assertThat(events.get(1).reason()).startsWith(reason);
        assertThat(events.get(2).value()).isEqualTo(new Numbers(1, null, 1, null, true));
    }

    @Test
    void everyByteOfALineMayBeDamaged() {
        byte[] good = "{\"id\":7,\"card\":\"é\"}\n{\"id\":8}\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < 19; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] damaged = good.clone();
                damaged[at] = (byte) value;

                List<Event> events = ChunkedInput.whole(damaged, Json.lines(Payment.class));

                assertThat(events.get(events.size() - 1).value())
                        .isEqualTo(new Payment(8, null, null, null));
            }
        }
    }

    @Test
    void deepNestingIsMalformedRatherThanAStackOverflow() {
        String deep = "{\"x\":" + "[".repeat(100_000) + "\n{\"id\":1}\n";

        List<Event> events = decode(Json.lines(Payment.class), deep);

        assertThat(events.get(0).reason()).startsWith("no JSON:");
        assertThat(events.get(1).value()).isNotNull();
    }

    @Test
    void unpairedSurrogatesDoNotStopTheOutput() {
        String written = encoded(Json.lines(Reason.class), new Reason("a\uD800b", 1, 2));

        assertThat(written).startsWith("{\"rule\":\"a?b\"");
    }

    @Test
    void refusesTypesWithoutAForm() {
        assertThatThrownBy(() -> Json.lines(Inside.class))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("contains itself");
        assertThatThrownBy(() -> Json.lines(Loose.class))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("java.lang.Object");
    }

    private static <T> String encoded(Json<T> format, T value) {
        return new String(CsvTest.encode(format, List.of(value)), StandardCharsets.UTF_8);
    }

    private static <T> List<Event> decode(Json<T> format, String text) {
        return ChunkedInput.whole(text.getBytes(StandardCharsets.UTF_8), format);
    }
}
