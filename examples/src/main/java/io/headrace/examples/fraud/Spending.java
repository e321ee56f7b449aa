package io.headrace.examples.fraud;

import java.util.List;

/**
 * A transaction, with how its card was used lately.
 *
 * @param transaction the transaction
 * @param customer its card's history
 */
record Spending(Transaction transaction, CustomerHistory customer) implements TerminalEvent {
    /** Joins a transaction with what its card spent within 1, 7 and 30 days. */
    static TerminalEvent of(Transaction transaction, List<Spend> spends) {
        Spend day = spends.get(0);
        Spend week = spends.get(1);
        Spend month = spends.get(2);
        return new Spending(
                transaction,
                new CustomerHistory(
                        day.count(),
                        day.average(),
                        week.count(),
                        week.average(),
                        month.count(),
                        month.average()));
    }

    @Override
    public long terminal() {
        return transaction.terminal();
    }

    long millis() {
        return transaction.time().toEpochMilli();
    }
}
