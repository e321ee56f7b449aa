package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;

/**
 * The number of doubles, their mean, and the sum of the squares of their distances from it, updated
 * in a way that does not cancel: B. P. Welford, <i>Note on a method for calculating corrected sums
 * of squares and products</i>, Technometrics 4 (1962), in the form for two parts of T. F. Chan, G.
 * H. Golub, R. J. LeVeque, <i>Updating formulae and a pairwise algorithm for computing sample
 * variances</i>, 1979. Adding a value is merging a part of one value.
 *
 * <p>Once the squares are no finite number they stay so: NaN if a value was NaN or infinite, else
 * infinite, and the mean is 0.
 */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    static Moments read(BytesIn in) {
        Moments moments = new Moments();
        moments.count = AccumulatorCodec.readCount(in);
        moments.mean = in.readDouble();
        moments.squares = in.readDouble();
        boolean tells = moments.count > 0 || moments.mean == 0 && moments.squares == 0;
        if (!tells || !Double.isFinite(moments.mean) || moments.squares < 0) {
            throw new DecodeException(
                    moments.count
                            + " values have no mean "
                            + moments.mean
                            + " and squares "
                            + moments.squares);
        }
        return moments;
    }

    void write(BytesOut out) {
        out.writeVarLong(count);
        out.writeDouble(mean);
        out.writeDouble(squares);
    }

    void add(double value) {
        if (Double.isFinite(value)) {
            merge(1, value, 0);
        } else {
            merge(1, 0, Double.NaN);
        }
    }

    void add(Moments other) {
        if (other.count > 0) {
            merge(other.count, other.mean, other.squares);
        }
    }

    private void merge(long otherCount, double otherMean, double otherSquares) {
        final long before = count;
        count = before + otherCount;
        if (before == 0) {
            mean = otherMean + 0.0; // Never -0.0.
            squares = otherSquares;
            return;
        }
        final double distance = otherMean - mean;
        final double share = (double) otherCount / count;
        squares += otherSquares + distance * distance * share * before;
        mean += distance * share;
        if (!Double.isFinite(squares)) {
            squares = squares != squares ? Double.NaN : squares; // One form of NaN.
            mean = 0;
        }
    }

    /** Returns the variance of the values as a sample of more, NaN for one value. */
    double sampleVariance() {
        return squares / (count - 1);
    }

    long count() {
        return count;
    }
}
