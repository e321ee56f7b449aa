package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of decimals that is exact in value and in scale: its scale is the largest among its values,
 * and at least 0.
 *
 * <p>To keep the scale exact when values are taken off, it counts the values of each scale. It
 * follows that two totals of the same values are the same, whatever was added and taken off
 * between. Invariant: the scale of the sum is the length of the counts, and the last count is
 * positive.
 */
final class DecimalTotal {
    /**
     * The most decimal places, or zeros before the point, of a value: more than any measurement
     * has, and 1E-2000000000 must not cost 1 GB.
     */
    static final int SCALE_MAX = 1000;

    private static final long[] NO_COUNTS = {};

    private BigDecimal sum = BigDecimal.ZERO;
    private long[] countByScale = NO_COUNTS; // Of scale 1 in [0]: scale 0 and less need no count.

    static DecimalTotal read(BytesIn in) {
        DecimalTotal total = new DecimalTotal();
        final int scale = in.readCount();
        if (scale > SCALE_MAX) {
            throw new DecodeException("a scale is at most " + SCALE_MAX + ", found " + scale);
        }
        total.countByScale = scale == 0 ? NO_COUNTS : new long[scale];
        for (int i = 0; i < scale; i++) {
            total.countByScale[i] = AccumulatorCodec.readCount(in);
        }
        if (scale > 0 && total.countByScale[scale - 1] == 0) {
            throw new DecodeException("scale " + scale + " is that of no value");
        }
        byte[] unscaled = in.readBytes();
        if (unscaled.length == 0) {
            throw new DecodeException("an integer has at least 1 byte, found 0");
        }
        total.sum = new BigDecimal(new BigInteger(unscaled), scale);
        return total;
    }

    void write(BytesOut out) {
        out.writeVarInt(countByScale.length);
        for (long count : countByScale) {
            out.writeVarLong(count);
        }
        out.writeBytes(sum.unscaledValue().toByteArray());
    }

    void add(BigDecimal value) {
        final int scale = value.scale();
        if (scale > SCALE_MAX || scale < -SCALE_MAX) {
            throw new ArithmeticException(
                    "a decimal of scale "
                            + scale
                            + " is not summed, only from -"
                            + SCALE_MAX
                            + " to "
                            + SCALE_MAX
                            + ": round it with setScale before");
        }
        sum = sum.add(value);
        if (scale > 0) {
            grow(scale);
            countByScale[scale - 1]++;
        }
    }

    void add(DecimalTotal other) {
        sum = sum.add(other.sum);
        grow(other.countByScale.length);
        for (int i = 0; i < other.countByScale.length; i++) {
            countByScale[i] += other.countByScale[i];
        }
    }

    void subtract(DecimalTotal other) {
        sum = sum.subtract(other.sum);
        for (int i = 0; i < other.countByScale.length; i++) {
            countByScale[i] -= other.countByScale[i];
        }
        trim();
    }

    BigDecimal result() {
        return sum;
    }

    private void grow(int scale) {
        if (scale > countByScale.length) {
            countByScale = Arrays.copyOf(countByScale, scale);
        }
    }

    private void trim() {
        int scale = countByScale.length;
        while (scale > 0 && countByScale[scale - 1] == 0) {
            scale--;
        }
        if (scale < countByScale.length) {
            countByScale = Arrays.copyOf(countByScale, scale);
            sum = sum.setScale(scale); // Exact: no value that is left has more places.
        }
    }
}
