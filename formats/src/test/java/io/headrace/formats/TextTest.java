package io.headrace.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cuts read and write exactly what the JDK does. */
class TextTest {
    private static final int CASES = 200_000;

    private final Random random = new Random(1);

    @Test
    void timesAreThoseOfTheJdk() throws MalformedException {
        char[] text = new char[32];
        for (int round = 0; round < CASES; round++) {
            long seconds = -62_167_219_200L + (long) (random.nextDouble() * 315_569_520_000L);
            Instant time = Instant.ofEpochSecond(seconds);

            int length = TimeText.writePlain(time, text, 0);

            assertThat(new String(text, 0, length)).isEqualTo(time.toString());
            assertThat(TimeText.readInstant(text, 0, length)).isEqualTo(time);
            text[10] = ' ';
            assertThat(TimeText.readInstantOrUtc(text, 0, length - 1)).isEqualTo(time);
        }
    }

    @Test
    void everyDayOfFourCenturiesIsThatOfTheJdk() throws MalformedException {
        for (LocalDate day = LocalDate.of(1799, 12, 1);
                day.getYear() < 2201;
                day = day.plusDays(1)) {
            char[] text = day.toString().toCharArray();

            assertThat(TimeText.readDate(text, 0, text.length)).isEqualTo(day);
        }
    }

    @Test
    void timesWithZoneOrFractionAreReadToo() throws MalformedException {
        for (String text :
                new String[] {
                    "2018-04-01T00:00:31.5Z",
                    "2018-04-01T00:00:31.000000001Z",
                    "+12018-04-01T00:00:31Z",
                    "2018-04-01T02:00:31+02:00"
                }) {
            char[] characters = text.toCharArray();

            Instant expected = Instant.parse(text);
            assertThat(TimeText.readInstant(characters, 0, characters.length)).isEqualTo(expected);
            assertThat(TimeText.readInstantOrUtc(characters, 0, characters.length))
                    .isEqualTo(expected);
        }
    }

    @Test
    void numbersAreThoseOfTheJdk() throws MalformedException {
        for (int round = 0; round < CASES; round++) {
            BigDecimal decimal =
                    new BigDecimal(random.nextLong() >> random.nextInt(64))
                            .movePointLeft(random.nextInt(20));
            String text = random.nextInt(3) == 0 ? decimal.toString() : decimal.toPlainString();
            char[] characters = text.toCharArray();

            assertThat(NumberText.readDecimal(characters, 0, characters.length))
                    .isEqualTo(new BigDecimal(text));
            assertThat(NumberText.readDouble(characters, 0, characters.length))
                    .isEqualTo(Double.parseDouble(text));
            long whole = decimal.longValue();
            char[] digits = Long.toString(whole).toCharArray();
            assertThat(
                            NumberText.readLong(
                                    digits, 0, digits.length, Long.MIN_VALUE, Long.MAX_VALUE))
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "2e308"})
    void aNumberBeyondDoubleIsNotInfinite(String text) {
        assertThatThrownBy(() -> NumberText.readDouble(text.toCharArray(), 0, text.length()))
                .isInstanceOf(MalformedException.class)
                .hasMessage("the number " + text + " is beyond double");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e308", "-1.7976931348623157e308", "Infinity", "-Infinity"})
    void aNumberWithinDoubleIsThatOfTheJdk(String text) throws MalformedException {
        assertThat(NumberText.readDouble(text.toCharArray(), 0, text.length()))
                .isEqualTo(Double.parseDouble(text));
    }
}
