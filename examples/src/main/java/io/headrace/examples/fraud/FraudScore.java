package io.headrace.examples.fraud;

import static io.headrace.examples.fraud.FraudLimits.REVIEW_SCORE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges a transaction by its features: a pure function with the numbers of {@link FraudLimits}.
 *
 * <p>Each rule scores the transaction from 0 to 1 and is broken from {@link
 * FraudLimits#REVIEW_SCORE} on; the worst rule is the score of the transaction. So an alert always
 * has a reason that says it all, and there is a reason for every alert. Only the four operations,
 * comparison and exact decimals are used: the same features give the same bits everywhere. Safe for
 * all threads; nothing here is ever null unless said.
 *
 * <ul>
 *   <li><b>Amount over average</b>: how many times its 30-day average a card spends at once.
 *   <li><b>Amount</b>: more than anybody spends.
 *   <li><b>Terminal</b>: frauds at the terminal in the last week known, unless the last 30 days
 *       known say that its bad weeks are over. Silent without labels.
 * </ul>
 */
public final class FraudScore {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private FraudScore() {}

    /** Returns the score, the decision and the broken rules, worst first. */
    public static Assessment assess(Features features) {
        double overAverage = overAverageScore(features);
        double amount = amountScore(features.transaction());
        double terminal = terminalScore(features.terminal());
        double score = Math.max(Math.max(overAverage, amount), terminal);
        if (score < REVIEW_SCORE) {
            return new Assessment(score, Decision.APPROVE, List.of());
        }
        Decision decision = score < FraudLimits.BLOCK_SCORE ? Decision.REVIEW : Decision.BLOCK;
        return new Assessment(score, decision, reasons(features, overAverage, amount, terminal));
    }

    /**
     * Returns the alert for a transaction that was not approved.
     *
     * @param assessment what {@link #assess} returned for these features
     * @throws IllegalArgumentException if it was approved
     */
    public static Alert alert(Features features, Assessment assessment) {
        Transaction transaction = features.transaction();
        if (assessment.decision() == Decision.APPROVE) {
            throw new IllegalArgumentException(
                    "id=" + transaction.id() + ": approved; make alerts of the others only");
        }
        return new Alert(
                transaction.id(),
                transaction.time(),
                transaction.customer(),
                transaction.terminal(),
                transaction.amount(),
                assessment.score(),
                assessment.decision(),
                assessment.reasons(),
                sentence(transaction, assessment));
    }

    private static double overAverageScore(Features features) {
        return ramp(
                timesAverage(features),
                FraudLimits.OVER_AVERAGE_FROM,
                FraudLimits.OVER_AVERAGE_LIMIT,
                FraudLimits.OVER_AVERAGE_CERTAIN);
    }

    private static double timesAverage(Features features) {
        double average = features.customer().average30d();
        return average > 0 ? features.transaction().amount().doubleValue() / average : 0;
    }

    private static double amountScore(Transaction transaction) {
        return transaction.amount().compareTo(FraudLimits.AMOUNT_LIMIT) > 0 ? 1 : 0;
    }

    private static double terminalScore(TerminalHistory terminal) {
        Double weekRate = terminal.fraudRate7d();
        Double monthRate = terminal.fraudRate30d();
        if (weekRate == null || monthRate == null) {
            return 0;
        }
        long frauds = Math.round(weekRate * terminal.count7d());
        if (frauds < FraudLimits.TERMINAL_FRAUDS_MIN) {
            return 0;
        }
        double suspicion =
                ramp(
                        weekRate,
                        FraudLimits.TERMINAL_RATE_FROM,
                        FraudLimits.TERMINAL_RATE_LIMIT,
                        FraudLimits.TERMINAL_RATE_CERTAIN);
        double stillOn = // A falling ramp is a rising one with all signs turned.
                ramp(
                        -monthRate,
                        -FraudLimits.TERMINAL_SPENT_TO,
                        -FraudLimits.TERMINAL_SPENT_LIMIT,
                        -FraudLimits.TERMINAL_SPENT_CERTAIN);
        return Math.min(suspicion, stillOn);
    }

    /** Returns 0 up to {@code from}, the review score at {@code limit}, 1 from {@code certain}. */
    private static double ramp(double value, double from, double limit, double certain) {
        if (value <= from) {
            return 0;
        }
        if (value < limit) {
            return REVIEW_SCORE * ((value - from) / (limit - from));
        }
        if (value < certain) {
            return REVIEW_SCORE + (1 - REVIEW_SCORE) * ((value - limit) / (certain - limit));
        }
        return 1;
    }

    private static List<Reason> reasons(
            Features features, double overAverage, double amount, double terminal) {
        record Ranked(double score, Reason reason) {}
        List<Ranked> broken = new ArrayList<>(3);
        if (overAverage >= REVIEW_SCORE) {
            String rule = FraudLimits.AMOUNT_OVER_AVERAGE_RULE;
            double limit = FraudLimits.OVER_AVERAGE_LIMIT;
            broken.add(new Ranked(overAverage, new Reason(rule, timesAverage(features), limit)));
        }
        if (amount >= REVIEW_SCORE) {
            double value = features.transaction().amount().doubleValue();
            double limit = FraudLimits.AMOUNT_LIMIT.doubleValue();
            broken.add(new Ranked(amount, new Reason(FraudLimits.AMOUNT_RULE, value, limit)));
        }
        if (terminal >= REVIEW_SCORE) {
            double value = features.terminal().fraudRate7d();
            double limit = FraudLimits.TERMINAL_RATE_LIMIT;
            broken.add(new Ranked(terminal, new Reason(FraudLimits.TERMINAL_RULE, value, limit)));
        }
        broken.sort(Comparator.comparingDouble(Ranked::score).reversed()); // Stable on ties.
        return broken.stream().map(Ranked::reason).toList();
    }

    private static String sentence(Transaction transaction, Assessment assessment) {
        Reason worst = assessment.reasons().get(0);
        BigDecimal value = new BigDecimal(worst.value());
        String what =
                switch (worst.rule()) {
                    case FraudLimits.AMOUNT_OVER_AVERAGE_RULE ->
                            value.setScale(1, RoundingMode.HALF_UP) + " × its 30-day average";
                    case FraudLimits.AMOUNT_RULE ->
                            transaction.amount() + ", over " + FraudLimits.AMOUNT_LIMIT + ",";
                    case FraudLimits.TERMINAL_RULE ->
                            "used where "
                                    + value.multiply(HUNDRED).setScale(0, RoundingMode.HALF_UP)
                                    + "% of the last week known were frauds,";
                    default -> throw new AssertionError("no sentence for rule " + worst.rule());
                };
        return "card "
                + transaction.customer()
                + ": "
                + what
                + " at terminal "
                + transaction.terminal()
                + " → "
                + assessment.decision();
    }
}
