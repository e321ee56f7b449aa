package io.headrace.examples.fraud;

/**
 * The known frauds at one terminal, in the order in which they became known here. Immutable.
 *
 * @param transactionMillis when the card was used
 * @param knownMillis when the bank learned it, one for each of the others
 */
record TerminalFrauds(long[] transactionMillis, long[] knownMillis) {
    static final TerminalFrauds NONE = new TerminalFrauds(new long[0], new long[0]);

    /** Counts the frauds in (from, to] that are known at a time. */
    int count(long from, long to, long knownAt) {
        int count = 0;
        for (int i = 0; i < transactionMillis.length; i++) {
            long time = transactionMillis[i];
            if (time > from && time <= to && knownMillis[i] <= knownAt) {
                count++;
            }
        }
        return count;
    }

    /** Returns the frauds after a time, and one more. */
    TerminalFrauds with(KnownFraud fraud, long after) {
        int kept = countAfter(after);
        long[] transactions = new long[kept + 1];
        long[] known = new long[kept + 1];
        int next = 0;
        for (int i = 0; i < transactionMillis.length; i++) {
            if (transactionMillis[i] > after) {
                transactions[next] = transactionMillis[i];
                known[next++] = knownMillis[i];
            }
        }
        transactions[kept] = fraud.transactionMillis();
        known[kept] = fraud.knownMillis();
        return new TerminalFrauds(transactions, known);
    }

    private int countAfter(long after) {
        int kept = 0;
        for (long time : transactionMillis) {
            kept += time > after ? 1 : 0;
        }
        return kept;
    }
}
