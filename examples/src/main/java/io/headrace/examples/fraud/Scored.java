package io.headrace.examples.fraud;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A judged transaction with its features: one line of the features file, fields in this order.
 *
 * @param id see {@link Transaction}, as the four below
 * @param time when the card was used
 * @param customer the card
 * @param terminal where it was used
 * @param amount what was paid
 * @param customerCount1d see {@link CustomerHistory}, as the five below
 * @param customerAverage1d mean amount within 1 day
 * @param customerCount7d transactions within 7 days
 * @param customerAverage7d mean amount within 7 days
 * @param customerCount30d transactions within 30 days
 * @param customerAverage30d mean amount within 30 days
 * @param terminalCount1d see {@link TerminalHistory}, as the five below
 * @param terminalFraudRate1d share of frauds within 1 day, or null
 * @param terminalCount7d transactions within 7 days
 * @param terminalFraudRate7d share of frauds within 7 days, or null
 * @param terminalCount30d transactions within 30 days
 * @param terminalFraudRate30d share of frauds within 30 days, or null
 * @param score how suspicious it is, from 0 to 1
 * @param decision what follows from the score
 */
public record Scored(
        long id,
        Instant time,
        long customer,
        long terminal,
        BigDecimal amount,
        long customerCount1d,
        double customerAverage1d,
        long customerCount7d,
        double customerAverage7d,
        long customerCount30d,
        double customerAverage30d,
        long terminalCount1d,
        Double terminalFraudRate1d,
        long terminalCount7d,
        Double terminalFraudRate7d,
        long terminalCount30d,
        Double terminalFraudRate30d,
        double score,
        Decision decision) {

    /** Joins the features of a transaction with what was decided about it. */
    public static Scored of(Features features, Assessment assessment) {
        Transaction transaction = features.transaction();
        CustomerHistory customer = features.customer();
        TerminalHistory terminal = features.terminal();
        return new Scored(
                transaction.id(),
                transaction.time(),
                transaction.customer(),
                transaction.terminal(),
                transaction.amount(),
                customer.count1d(),
                customer.average1d(),
                customer.count7d(),
                customer.average7d(),
                customer.count30d(),
                customer.average30d(),
                terminal.count1d(),
                terminal.fraudRate1d(),
                terminal.count7d(),
                terminal.fraudRate7d(),
                terminal.count30d(),
                terminal.fraudRate30d(),
                assessment.score(),
                assessment.decision());
    }
}
