package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;

/**
 * A sum of doubles with what rounding took from it, after A. Neumaier, <i>Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen</i>, ZAMM 54 (1974), algorithm IV.
 *
 * <p>Its error is about one rounding of the result, however many values there are, plus a term of
 * second order. Unlike Kahan's form it also holds when a value is larger than the sum so far.
 */
final class DoubleTotal {
    private double sum;
    private double lost;

    static DoubleTotal read(BytesIn in) {
        DoubleTotal total = new DoubleTotal();
        total.sum = in.readDouble();
        total.lost = in.readDouble();
        return total;
    }

    void write(BytesOut out) {
        out.writeDouble(sum);
        out.writeDouble(lost);
    }

    void add(double value) {
        final double before = sum;
        final double after = before + value;
        sum = after;
        if (Math.abs(after) <= Double.MAX_VALUE) {
            lost +=
                    Math.abs(before) >= Math.abs(value)
                            ? (before - after) + value
                            : (value - after) + before;
        } else {
            sum = after != after ? Double.NaN : after; // One form, whichever NaN came first.
            lost = 0; // It stays as it is: nothing is left to correct.
        }
    }

    void add(DoubleTotal other) {
        add(other.sum);
        lost += other.lost;
    }

    double result() {
        return sum + lost;
    }
}
