package io.headrace.examples.fraud;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;
import java.math.BigDecimal;

/**
 * Counts transactions and averages their amounts. The accumulator is {@code {count, cents}}: one
 * small array for both, changed in place where the contract allows it.
 */
final class SpendAggregator implements Aggregator<Transaction, long[], Spend> {
    private static final long serialVersionUID = 1L;

    @Override
    public Type<long[]> accumulatorType() {
        return Type.of(long[].class);
    }

    @Override
    public Type<Spend> resultType() {
        return Type.of(Spend.class);
    }

    @Override
    public long[] create() {
        return new long[2];
    }

    @Override
    public long[] add(long[] accumulator, Transaction transaction) {
        accumulator[0]++;
        accumulator[1] = Math.addExact(accumulator[1], cents(transaction));
        return accumulator;
    }

    private static long cents(Transaction transaction) {
        BigDecimal amount = transaction.amount();
        if (amount.scale() > 2 && amount.stripTrailingZeros().scale() > 2) {
            throw new ArithmeticException(
                    "amount "
                            + amount
                            + " of transaction "
                            + transaction.id()
                            + " has more than two places: round the file's amounts to cents");
        }
        return amount.movePointRight(2).longValueExact();
    }

    @Override
    public long[] merge(long[] first, long[] second) {
        first[0] += second[0];
        first[1] = Math.addExact(first[1], second[1]);
        return first;
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public long[] subtract(long[] total, long[] expired) {
        total[0] -= expired[0];
        total[1] = Math.subtractExact(total[1], expired[1]);
        return total;
    }

    @Override
    public Spend result(long[] accumulator) {
        return new Spend(accumulator[0], accumulator[1] / (100.0 * accumulator[0]));
    }
}
