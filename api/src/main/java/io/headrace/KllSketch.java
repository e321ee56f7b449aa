package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.util.Arrays;

/**
 * A sample of doubles from which ranks can be told, after Z. Karnin, K. Lang, E. Liberty,
 * <i>Optimal Quantile Approximation in Streams</i>, FOCS 2016.
 *
 * <p>A value on level i stands for 2^i values. When there are more than all levels may have, the
 * lowest one that is full is sorted, and every other value of it goes one level up. The top level
 * may have {@link #WIDTH} values, each one below two thirds of that above it. Everything is kept
 * until there are more than {@link #WIDTH} values. Smallest and largest value are kept apart.
 *
 * <p>Whether the odd or the even values go up must be chance in the eyes of the data: it is a bit
 * of a hash of the values that are compacted, so that the same values in the same order give the
 * same sketch, on every machine and after every restart. Somebody who chooses the values knowing
 * this can make the error larger.
 *
 * <p>Order is that of {@link Double#compare}: -0.0 before 0.0, NaN behind all; every NaN has one
 * form. The order inside level 0 means nothing, and it is stored sorted; the others are sorted.
 */
final class KllSketch {
    /**
     * For one quantile, the rank is wrong by more than 1.33 % of the number of values in one sketch
     * of a hundred, as measured by the authors of Apache DataSketches, and here by {@code
     * KllSketchTest}.
     */
    static final int WIDTH = 200;

    /** Smaller levels cost accuracy and save nothing; as in DataSketches. */
    private static final int LEVEL_WIDTH_MIN = 8;

    /** Room for 3 · 10^12 values, and few enough that weights of what is read cannot wrap. */
    private static final int LEVELS_MAX = 35;

    private static final double[] NONE = {};

    private long count;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private double[][] levels = {NONE};
    private int[] sizes = {0};

    void add(double value) {
        final double known = value != value ? Double.NaN : value;
        extend(known, known);
        count++;
        append(0, known);
        compact();
    }

    void add(KllSketch other) {
        if (other.count == 0) {
            return;
        }
        extend(other.min, other.max);
        count += other.count;
        addLevels(other.levels.length);
        for (int level = 0; level < other.levels.length; level++) {
            for (int i = 0; i < other.sizes[level]; i++) {
                append(level, other.levels[level][i]);
            }
            if (level > 0) {
                Arrays.sort(levels[level], 0, sizes[level]);
            }
        }
        compact();
    }

    private void extend(double smallest, double largest) {
        min = count == 0 || Double.compare(smallest, min) < 0 ? smallest : min;
        max = count == 0 || Double.compare(largest, max) > 0 ? largest : max;
    }

    private void append(int level, double value) {
        final int size = sizes[level];
        if (size == levels[level].length) {
            levels[level] = Arrays.copyOf(levels[level], Math.max(4, size * 2));
        }
        levels[level][size] = value;
        sizes[level] = size + 1;
    }

    private void addLevels(int wanted) {
        final int present = levels.length;
        if (wanted > present) {
            levels = Arrays.copyOf(levels, wanted);
            Arrays.fill(levels, present, wanted, NONE);
            sizes = Arrays.copyOf(sizes, wanted);
        }
    }

    private int capacity(int level) {
        final double shrunk = WIDTH * Math.pow(2.0 / 3, levels.length - 1 - level);
        return Math.max(LEVEL_WIDTH_MIN, (int) Math.ceil(shrunk));
    }

    private void compact() {
        while (true) {
            int room = 0;
            int kept = 0;
            int full = -1;
            for (int level = 0; level < levels.length; level++) {
                room += capacity(level);
                kept += sizes[level];
                if (full < 0 && sizes[level] >= capacity(level)) {
                    full = level;
                }
            }
            if (kept <= room) {
                return;
            }
            addLevels(full + 2);
            compact(full);
        }
    }

    /** Sends half of a level up. Of an odd number one stays, so that the weights stay exact. */
    private void compact(int level) {
        final double[] values = levels[level];
        final int size = sizes[level];
        Arrays.sort(values, 0, size);
        long hash = level;
        for (int i = 0; i < size; i++) {
            hash = ValueHash.mix(hash ^ Double.doubleToLongBits(values[i]));
        }
        final int odd = size & 1;
        final boolean keepsLast = (hash & 2) != 0;
        final double kept = keepsLast ? values[size - 1] : values[0];
        final int start = (odd == 1 && !keepsLast ? 1 : 0) + (int) (hash & 1);
        for (int i = start; i < size - (odd == 1 && keepsLast ? 1 : 0); i += 2) {
            append(level + 1, values[i]);
        }
        Arrays.sort(levels[level + 1], 0, sizes[level + 1]);
        sizes[level] = odd;
        if (odd == 1) {
            values[0] = kept;
        }
    }

    long count() {
        return count;
    }

    /** Returns for each rank, from 1 to the count, the value that stands there, or nearly. */
    double[] atRanks(long[] ranks) {
        int kept = Arrays.stream(sizes).sum();
        long[][] weighted = new long[kept][];
        int next = 0;
        for (int level = 0; level < levels.length; level++) {
            for (int i = 0; i < sizes[level]; i++) {
                weighted[next++] =
                        new long[] {Double.doubleToLongBits(levels[level][i]), 1L << level};
            }
        }
        Arrays.sort(
                weighted,
                (one, other) ->
                        Double.compare(
                                Double.longBitsToDouble(one[0]),
                                Double.longBitsToDouble(other[0])));
        double[] values = new double[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            values[i] = atRank(weighted, ranks[i]);
        }
        return values;
    }

    private double atRank(long[][] weighted, long rank) {
        if (rank <= 1) {
            return min;
        }
        if (rank >= count) {
            return max;
        }
        long reached = 0;
        int place = -1;
        while (reached < rank) { // The weights add up to the count.
            place++;
            reached += weighted[place][1];
        }
        return Double.longBitsToDouble(weighted[place][0]);
    }

    void write(BytesOut out) {
        out.writeVarLong(count);
        if (count == 0) {
            return;
        }
        out.writeDouble(min);
        out.writeDouble(max);
        out.writeVarInt(levels.length);
        for (int level = 0; level < levels.length; level++) {
            double[] values = Arrays.copyOf(levels[level], sizes[level]);
            Arrays.sort(values);
            out.writeVarInt(values.length);
            for (double value : values) {
                out.writeDouble(value);
            }
        }
    }

    static KllSketch read(BytesIn in) {
        KllSketch sketch = new KllSketch();
        sketch.count = AccumulatorCodec.readCount(in);
        if (sketch.count > 0) {
            sketch.min = in.readDouble();
            sketch.max = in.readDouble();
            sketch.readLevels(in);
        }
        return sketch;
    }

    private void readLevels(BytesIn in) {
        final int number = in.readCount();
        if (number < 1 || number > LEVELS_MAX) {
            throw new DecodeException("1 to " + LEVELS_MAX + " levels, found " + number);
        }
        addLevels(number);
        long weight = 0;
        for (int level = 0; level < number; level++) {
            final int size = in.readVarInt();
            if (size < 0 || size > in.remaining() / Double.BYTES) {
                throw new DecodeException(
                        size + " values do not fit into " + in.remaining() + " bytes");
            }
            levels[level] = new double[size];
            for (int i = 0; i < size; i++) {
                levels[level][i] = in.readDouble();
                checkPlace(levels[level], i);
            }
            sizes[level] = size;
            weight += (long) size << level; // In all at most 2^28 values, so at most 2^62.
        }
        if (weight != count) {
            throw new DecodeException("values stand for " + weight + ", not for " + count);
        }
    }

    private void checkPlace(double[] values, int place) {
        final double value = values[place];
        final double before = place == 0 ? min : values[place - 1];
        if (Double.compare(before, value) > 0 || Double.compare(value, max) > 0) {
            throw new DecodeException(value + " stands behind " + before + ", below " + max);
        }
    }
}
