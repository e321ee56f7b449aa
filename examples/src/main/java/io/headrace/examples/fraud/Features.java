package io.headrace.examples.fraud;

/**
 * All that a decision depends on.
 *
 * @param transaction the transaction to judge
 * @param customer how its card was used lately
 * @param terminal what is known of its terminal
 */
public record Features(
        Transaction transaction, CustomerHistory customer, TerminalHistory terminal) {}
