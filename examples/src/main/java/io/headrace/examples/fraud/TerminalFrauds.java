package io.headrace.examples.fraud;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The known frauds at one terminal, in the order in which they became known here. Immutable.
 *
 * @param ids the transactions
 * @param transactionMillis when the card was used, one for each of them
 * @param knownMillis when the bank learned it first, as far as is known here
 */
record TerminalFrauds(long[] ids, long[] transactionMillis, long[] knownMillis) {
    static final TerminalFrauds NONE = new TerminalFrauds(new long[0], new long[0], new long[0]);

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

    /** Returns the frauds after a time and one more, or this one as known earlier. */
    TerminalFrauds with(KnownFraud fraud, long after) {
        int[] others =
                IntStream.range(0, ids.length)
                        .filter(i -> ids[i] != fraud.id() && transactionMillis[i] > after)
                        .toArray();
        long known =
                IntStream.range(0, ids.length)
                        .filter(i -> ids[i] == fraud.id())
                        .mapToLong(i -> knownMillis[i])
                        .reduce(fraud.knownMillis(), Math::min);
        return new TerminalFrauds(
                with(ids, others, fraud.id()),
                with(transactionMillis, others, fraud.transactionMillis()),
                with(knownMillis, others, known));
    }

    private static long[] with(long[] values, int[] places, long last) {
        return LongStream.concat(
                        IntStream.of(places).mapToLong(i -> values[i]), LongStream.of(last))
                .toArray();
    }
}
