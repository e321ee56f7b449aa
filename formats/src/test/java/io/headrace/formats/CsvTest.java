package io.headrace.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.ConnectorException;
import io.headrace.formats.ChunkedInput.Event;
import io.headrace.type.BytesOut;
import io.headrace.type.UnknownTypeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    record Payment(long id, Instant time, BigDecimal amount) {}

    record Named(String a, String b) {}

    record Single(String only) {}

    record Checked(int percent) {
        Checked {
            if (percent > 100) {
                throw new IllegalArgumentException("more than everything");
            }
        }
    }

    record Everything(
            byte small,
            Short medium,
            int integer,
            Long number,
            float single,
            double real,
            boolean yes,
            char letter,
            String text,
            BigDecimal decimal,
            BigInteger big,
            UUID uuid,
            Instant instant,
            Duration duration,
            LocalDate date,
            LocalTime clock,
            LocalDateTime local,
            ZonedDateTime zoned,
            Color color,
            Optional<Integer> maybe) {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a constant with a body and another name";
            }
        }
    }

    record Listed(List<String> items) {}

    @Test
    void mapsColumnsByNameAndIgnoresOthers() {
        List<Event> events =
                decode(Csv.of(Payment.class), "amount,x,time,id\n57.10,z,2018-04-01T00:00:31Z,7\n");

        assertThat(events)
                .extracting(Event::value)
                .containsExactly(
                        new Payment(
                                7, Instant.parse("2018-04-01T00:00:31Z"), new BigDecimal("57.10")));
    }

    @Test
    void mapsOtherColumnNamesAndTimesWithoutZone() {
        Csv<Payment> format =
                Csv.of(Payment.class)
                        .columns(Map.of("id", "TRANSACTION_ID", "time", "TX_DATETIME"))
                        .timesWithoutZoneAreUtc()
                        .separator(';');

        List<Event> events =
                decode(format, "TRANSACTION_ID;TX_DATETIME;amount\n7;2018-04-01 00:00:31;1\n");

        assertThat(events)
                .extracting(Event::value)
                .containsExactly(
                        new Payment(7, Instant.parse("2018-04-01T00:00:31Z"), BigDecimal.ONE));
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1,x,2           | time: expected a time such as 2018-04-01T00:00:31Z, found \"x\"",
                ",2018-04-01T00:00:31Z,2 | id: is empty",
                "1.5,2018-04-01T00:00:31Z,2 | id: expected an integer, found \"1.5\"",
                "99999999999999999999,2018-04-01T00:00:31Z,2 | id: expected an integer from",
                "1,2018-02-30T00:00:31Z,2 | time: expected a time",
                "1,2018-04-01T24:00:31Z,2 | time: expected a time",
                "1,2018-04-01T00:00:31Z,1e99999 | amount: scale -99999 of a decimal",
                "1,2018-04-01T00:00:31Z,1٣ | amount: expected a decimal number",
                "1,2018-04-01T00:00:31Z | has 2 fields, the header has 3",
                "1,2018-04-01T00:00:31Z,2,3 | has 4 fields, the header has 3",
                "\"1\"1,2018-04-01T00:00:31Z,2 | not as in RFC 4180: Unexpected character after",
                "1,2018-04-01T00:00:31Z,\"2 | a quote of this line does not close",
            })
    void saysWhatIsWrongWithARow(String row, String reason) {
        String good = "1,2018-04-01T00:00:31Z,2\n";

        List<Event> events =
                decode(Csv.of(Payment.class), "id,time,amount\n" + good + row + "\n" + good);

        assertThat(events).hasSize(3);
        assertThat(events.get(1).reason()).startsWith(reason);
        assertThat(events.get(0).value()).isNotNull().isEqualTo(events.get(2).value());
    }

    @Test
    void malformedUtf8CostsItsRecordOnly() {
        byte[] bytes = "a,b\nx,?\ny,\uFFFD\n".getBytes(StandardCharsets.UTF_8);
        bytes[6] = (byte) 0xFF;

        List<Event> events = ChunkedInput.whole(bytes, Csv.of(Named.class));

        assertThat(events.get(0).reason()).isEqualTo("malformed UTF-8");
        assertThat(events.get(1).value()).isEqualTo(new Named("y", "\uFFFD"));
    }

    @Test
    void aRecordThatRefusesItsValuesIsMalformed() {
        List<Event> events = decode(Csv.of(Checked.class), "percent\n101\n100\n");

        assertThat(events.get(0).reason()).contains("Checked refuses it", "more than everything");
        assertThat(events.get(1).value()).isEqualTo(new Checked(100));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"'a,c',b,is missing", "'a,b,b',b,occurs twice"})
    void namesAColumnThatDoesNotFit(String header, String column, String what) {
        assertThatThrownBy(() -> decode(Csv.of(Named.class), header + "\n"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("input: column \"" + column + "\" " + what)
                .hasMessageContaining(header)
                .hasMessageContaining("expected are the columns a, b");
    }

    @Test
    void nothingAtAllIsNoRecord() {
        assertThat(decode(Csv.of(Named.class), "")).isEmpty();
        assertThat(decode(Csv.of(Named.class), "a,b")).isEmpty();
        assertThat(decode(Csv.of(Named.class), "\uFEFFa,b\r\n\r\n")).isEmpty();
    }

    @Test
    void everyScalarComesBackAsItWas() {
        Everything some =
                new Everything(
                        (byte) -3,
                        (short) 300,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        0.1f,
                        -0.0,
                        true,
                        '"',
                        " a,\r\n\"é😀\" ",
                        new BigDecimal("-0.0100"),
                        BigInteger.TEN.pow(40),
                        new UUID(1, 2),
                        Instant.parse("2018-04-01T00:00:31.000000001Z"),
                        Duration.ofMillis(1500),
                        LocalDate.parse("2020-02-29"),
                        LocalTime.parse("10:15:30"),
                        LocalDateTime.parse("2018-04-01T10:15:30"),
                        ZonedDateTime.parse("2018-04-01T10:15:30+02:00[Europe/Paris]"),
                        Color.GREEN,
                        Optional.of(-1));
        Everything none =
                new Everything(
                        (byte) 0,
                        null,
                        0,
                        null,
                        0,
                        1e300,
                        false,
                        'x',
                        "",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Optional.empty());

        byte[] bytes = encode(Csv.of(Everything.class), List.of(some, none));

        assertThat(ChunkedInput.whole(bytes, Csv.of(Everything.class)))
                .extracting(Event::value)
                .containsExactly(some, none);
    }

    @Test
    void aSingleEmptyFieldIsStillARecord() {
        byte[] bytes = encode(Csv.of(Single.class), List.of(new Single(""), new Single("x")));

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("only\n\"\"\nx\n");
        assertThat(ChunkedInput.whole(bytes, Csv.of(Single.class))).hasSize(2);
    }

    @Test
    void refusesWhatCannotStandInAField() {
        assertThatThrownBy(() -> Csv.of(Listed.class))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("Listed.items: java.util.List<java.lang.String>");
        assertThatThrownBy(() -> Csv.of(Named.class).columns(Map.of("c", "C")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has a, b");
        assertThatThrownBy(() -> Csv.of(String.class)).isInstanceOf(UnknownTypeException.class);
    }

    private static <T> List<Event> decode(Csv<T> format, String text) {
        return ChunkedInput.whole(text.getBytes(StandardCharsets.UTF_8), format);
    }

    static <T> byte[] encode(Format<T> format, List<T> values) {
        BytesOut out = new BytesOut(64);
        Encoder<T> encoder = format.encoder();
        encoder.preamble(out);
        values.forEach(value -> encoder.encode(value, out));
        return out.toByteArray();
    }
}
