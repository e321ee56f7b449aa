package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FraudScoreTest {
    private static final TerminalHistory CLEAN = new TerminalHistory(1, 0.0, 7, 0.0, 30, 0.0);
    private static final TerminalHistory UNKNOWN = new TerminalHistory(1, null, 7, null, 30, null);

    private static Features features(String amount, double average, TerminalHistory terminal) {
        Instant time = Instant.parse("2018-04-01T12:04:31Z");
        return new Features(
                new Transaction(1, time, 4711, 88, new BigDecimal(amount)),
                new CustomerHistory(1, average, 9, average, 40, average),
                terminal);
    }

    @ParameterizedTest(name = "{0} on an average of {1} is {2}: {3}")
    @CsvSource({
        "20.00, 10, 0.0, APPROVE",
        "28.99, 10, 0.4994444444444, APPROVE",
        "29.00, 10, 0.5, REVIEW",
        "40.00, 10, 1.0, BLOCK",
        "0.00, 0, 0.0, APPROVE",
        "220.00, 150, 0.0, APPROVE",
        "220.01, 150, 1.0, BLOCK"
    })
    void judgesTheAmount(String amount, double average, double score, Decision decision) {
        Assessment assessment = FraudScore.assess(features(amount, average, CLEAN));

        assertThat(assessment.score()).isCloseTo(score, within(1e-12));
        assertThat(assessment.decision()).isEqualTo(decision);
        assertThat(assessment.reasons().isEmpty()).isEqualTo(decision == Decision.APPROVE);
    }

    @ParameterizedTest(name = "{0} transactions, {1} frauds, {2} in the month: {3}")
    @CsvSource({
        "5, 0.0, 0.1, APPROVE",
        "1, 1.0, 0.1, APPROVE",
        "5, 0.4, 0.1, REVIEW",
        "5, 0.8, 0.3, REVIEW",
        "5, 1.0, 0.3, BLOCK",
        "5, 1.0, 0.7, REVIEW",
        "5, 1.0, 0.71, APPROVE",
        "5, 1.0, 1.0, APPROVE"
    })
    void judgesTheTerminal(long count, double weekRate, double monthRate, Decision decision) {
        TerminalHistory terminal = new TerminalHistory(1, 1.0, count, weekRate, 30, monthRate);

        Assessment assessment = FraudScore.assess(features("10.00", 10, terminal));

        assertThat(assessment.decision()).isEqualTo(decision);
    }

    @Test
    void saysNothingOfTerminalsWithoutLabels() {
        Assessment assessment = FraudScore.assess(features("10.00", 10, UNKNOWN));

        assertThat(assessment.score()).isZero();
    }

    @Test
    void givesEveryBrokenRuleWorstFirst() {
        TerminalHistory terminal = new TerminalHistory(1, 1.0, 5, 0.4, 30, 0.1);

        Assessment assessment = FraudScore.assess(features("230.00", 69, terminal));

        assertThat(assessment.reasons())
                .containsExactly(
                        new Reason(FraudLimits.AMOUNT_RULE, 230, 220),
                        new Reason(FraudLimits.AMOUNT_OVER_AVERAGE_RULE, 230.0 / 69, 2.9),
                        new Reason(FraudLimits.TERMINAL_RULE, 0.4, 0.4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "32.00|10|0.0|card 4711: 3.2 × its 30-day average at terminal 88 → REVIEW",
                "59.00|10|0.0|card 4711: 5.9 × its 30-day average at terminal 88 → BLOCK",
                "230.50|150|0.0|card 4711: 230.50, over 220, at terminal 88 → BLOCK",
                "9.00|10|0.8|card 4711: used where 80% of the last week known were frauds,"
                        + " at terminal 88 → REVIEW"
            })
    void saysTheWorstReasonInOneSentence(
            String amount, double average, double weekRate, String sentence) {
        TerminalHistory terminal = new TerminalHistory(1, 0.0, 5, weekRate, 30, 0.2);
        Features features = features(amount, average, terminal);

        Alert alert = FraudScore.alert(features, FraudScore.assess(features));

        assertThat(alert.sentence()).isEqualTo(sentence);
    }

    @Test
    void makesNoAlertOfWhatWasApproved() {
        Features features = features("10.00", 10, CLEAN);
        Assessment approved = FraudScore.assess(features);

        assertThatIllegalArgumentException().isThrownBy(() -> FraudScore.alert(features, approved));
    }
}
