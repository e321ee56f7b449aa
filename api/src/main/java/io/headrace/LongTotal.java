package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import java.math.BigInteger;

/**
 * A sum of longs that is exact whatever the order: the true sum is {@code low + wraps × 2^64}.
 *
 * <p>A sum that leaves the range of long and comes back is no error, since whether it leaves it
 * depends on the order of the values; only a result that does not fit is.
 */
final class LongTotal {
    private long low;
    private long wraps;

    static LongTotal read(BytesIn in) {
        LongTotal total = new LongTotal();
        total.low = in.readVarLong();
        total.wraps = in.readVarLong();
        return total;
    }

    void write(BytesOut out) {
        out.writeVarLong(low);
        out.writeVarLong(wraps);
    }

    void add(long value) {
        final long before = low;
        final long after = before + value;
        low = after;
        if (((before ^ after) & (value ^ after)) < 0) {
            wraps += value < 0 ? -1 : 1;
        }
    }

    void add(LongTotal other) {
        add(other.low);
        wraps += other.wraps;
    }

    void subtract(LongTotal other) {
        final long before = low;
        final long after = before - other.low;
        low = after;
        if (((before ^ other.low) & (before ^ after)) < 0) {
            wraps += before < 0 ? -1 : 1;
        }
        wraps -= other.wraps;
    }

    long exact() {
        if (wraps != 0) {
            throw new ArithmeticException(
                    "the sum "
                            + exactInteger()
                            + " does not fit into a long: sum with Aggregates.sumDecimal");
        }
        return low;
    }

    /** Returns the sum rounded once, to the nearest double. */
    double rounded() {
        return wraps == 0 ? (double) low : exactInteger().doubleValue();
    }

    private BigInteger exactInteger() {
        return BigInteger.valueOf(wraps).shiftLeft(Long.SIZE).add(BigInteger.valueOf(low));
    }
}
