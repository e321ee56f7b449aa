package io.headrace.examples.fraud;

/**
 * What has to be kept of a transaction until its label comes.
 *
 * @param id the transaction
 * @param terminal where it was
 * @param millis when, since 1970-01-01T00:00Z
 */
record Sale(long id, long terminal, long millis) implements LabelEvent {
    /** Returns what to keep of a spending. */
    static LabelEvent of(TerminalEvent event) {
        Transaction transaction = ((Spending) event).transaction();
        return new Sale(
                transaction.id(), transaction.terminal(), transaction.time().toEpochMilli());
    }
}
