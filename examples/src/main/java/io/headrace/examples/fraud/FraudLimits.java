package io.headrace.examples.fraud;

import java.math.BigDecimal;

/**
 * Every number that decides about a transaction, and why it is what it is.
 *
 * <p>Chosen on days 1 to 60 of the simulated data of seed 0 and on nothing else; {@code
 * LimitsReport} in the tests prints the tables they were read from. What is reported are later
 * days, and other seeds. A rule scores 0 at its {@code FROM}, {@link #REVIEW_SCORE} at its {@code
 * LIMIT} and 1 at its {@code CERTAIN}, along straight lines between them.
 */
public final class FraudLimits {
    /** The name of the rule on an amount as a multiple of the card's 30-day average. */
    public static final String AMOUNT_OVER_AVERAGE_RULE = "amountOverAverage30d";

    /** The name of the rule on an amount as such. */
    public static final String AMOUNT_RULE = "amount";

    /** The name of the rule on what is known of the terminal. */
    public static final String TERMINAL_RULE = "terminalFraudRate7d";

    /** From this score on a person looks at the transaction: half way, by construction. */
    public static final double REVIEW_SCORE = 0.5;

    /** From this score on the transaction is stopped: 1,904 of 1,904 of these were frauds. */
    public static final double BLOCK_SCORE = 0.9;

    /** No card that is used by its owner goes above this amount. */
    public static final BigDecimal AMOUNT_LIMIT = BigDecimal.valueOf(220);

    /** Below twice the average, 6 in 1,000 are frauds, hardly more than anywhere. */
    public static final double OVER_AVERAGE_FROM = 2.0;

    /**
     * From 2.75 to 3 times the average, 4 in 10 are frauds; from 3 times on, 8 in 10. No minimum
     * count is needed: the average includes the transaction, so two others must have been small.
     */
    public static final double OVER_AVERAGE_LIMIT = 2.9;

    /** From 3.5 times the average on, all were frauds. */
    public static final double OVER_AVERAGE_CERTAIN = 4.0;

    /** One known fraud says little of a terminal: it may have been the card's. */
    public static final int TERMINAL_FRAUDS_MIN = 2;

    /** No known fraud, no suspicion. */
    public static final double TERMINAL_RATE_FROM = 0;

    /** From 4 frauds in 10 on, two thirds of what follows are frauds; from 5 on, nearly all. */
    public static final double TERMINAL_RATE_LIMIT = 0.4;

    /** A terminal that makes nothing but frauds. */
    public static final double TERMINAL_RATE_CERTAIN = 1;

    /** A terminal in the middle of its bad weeks has at most this share of frauds in 30 days. */
    public static final double TERMINAL_SPENT_CERTAIN = 0.55;

    /**
     * A thief leaves a terminal after some weeks: with 70% frauds in the 30 days known, the others
     * are mostly over, and half of what follows is honest again.
     */
    public static final double TERMINAL_SPENT_LIMIT = 0.7;

    /** Above this share in 30 days the thief has left. */
    public static final double TERMINAL_SPENT_TO = 0.9;

    private FraudLimits() {}
}
