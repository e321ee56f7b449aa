package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.util.Arrays;

/**
 * How many different hashes there were, from the longest run of zeros in each of 16,384 parts of
 * them.
 *
 * <p>After P. Flajolet et al., <i>HyperLogLog: the analysis of a near-optimal cardinality
 * estimation algorithm</i>, AofA 2007; with hashes of 64 bits, and a sparse form of 2^25 parts
 * while few are set, as in S. Heule et al., <i>HyperLogLog in Practice</i>, EDBT 2013. The estimate
 * is that of O. Ertl, <i>New cardinality estimation algorithms for HyperLogLog sketches</i>,
 * arXiv:1702.01284, 2017, algorithm 6: it has no bias at any size and needs no table of
 * corrections. The relative standard error is 1.04 / √16384 = 0.81 %; that of the sparse form,
 * which counts its entries, is that two values in 2^25 fall together.
 *
 * <p>A register is the highest rank of its hashes, so that order, repetition and the way in which
 * sketches are merged leave no trace. Sparse, the registers that are set stand in an array, sorted,
 * the index in the high bits and the rank in the low ones. It becomes dense when there are too
 * many, which depends on the set of hashes alone, too.
 */
final class HyperLogLog {
    /** 0.81 % of error for 16 KiB: what most systems choose. Part of the stored form. */
    static final int INDEX_BITS = 14;

    static final int REGISTERS = 1 << INDEX_BITS;

    /** The most that fit into an int beside the rank. Part of the stored form. */
    static final int SPARSE_INDEX_BITS = 25;

    /** Half of the memory of the dense form, and few enough that inserting into them is cheap. */
    static final int SPARSE_MAX = REGISTERS / 8;

    private static final int RANK_BITS = 6;
    private static final int RANK_MAX = Long.SIZE - INDEX_BITS + 1;
    private static final int SPARSE_RANK_MAX = Long.SIZE - SPARSE_INDEX_BITS + 1;
    private static final int RANK_MASK = (1 << RANK_BITS) - 1;
    private static final int DENSE_BYTES = REGISTERS * RANK_BITS / Byte.SIZE;
    private static final double HALF_BY_LN_2 = 0.5 / Math.log(2);

    private int[] sparse = new int[1]; // Most look-backs keep one value in each.
    private int sparseSize;
    private byte[] dense; // Null while it is sparse.

    void add(long hash) {
        if (dense != null) {
            raise((int) (hash >>> (Long.SIZE - INDEX_BITS)), rank(hash, INDEX_BITS));
        } else {
            final int index = (int) (hash >>> (Long.SIZE - SPARSE_INDEX_BITS));
            addEntry(index << RANK_BITS | rank(hash, SPARSE_INDEX_BITS));
        }
    }

    /** Returns the place of the first one behind the index, from 1; behind all if there is none. */
    private static int rank(long hash, int indexBits) {
        return Long.numberOfLeadingZeros(hash << indexBits | 1L << (indexBits - 1)) + 1;
    }

    void add(HyperLogLog other) {
        if (other.dense != null) {
            densify();
            for (int index = 0; index < REGISTERS; index++) {
                raise(index, other.dense[index]);
            }
            return;
        }
        for (int i = 0; i < other.sparseSize; i++) {
            addEntry(other.sparse[i]);
        }
    }

    private void raise(int index, int rank) {
        if (rank > dense[index]) {
            dense[index] = (byte) rank;
        }
    }

    private void addEntry(int entry) {
        if (dense != null) {
            addToDense(entry);
            return;
        }
        final int index = entry >>> RANK_BITS;
        int found = Arrays.binarySearch(sparse, 0, sparseSize, entry);
        int place = found < 0 ? ~found : found; // An entry of this index stands there or before.
        if (place < sparseSize && sparse[place] >>> RANK_BITS == index) {
            return; // It is as high, or higher.
        }
        if (place > 0 && sparse[place - 1] >>> RANK_BITS == index) {
            sparse[place - 1] = entry;
        } else if (sparseSize == SPARSE_MAX) {
            densify();
            addToDense(entry);
        } else {
            insert(place, entry);
        }
    }

    private void insert(int place, int entry) {
        if (sparseSize == sparse.length) {
            sparse = Arrays.copyOf(sparse, Math.min(SPARSE_MAX, sparseSize * 2));
        }
        System.arraycopy(sparse, place, sparse, place + 1, sparseSize - place);
        sparse[place] = entry;
        sparseSize++;
    }

    private void densify() {
        if (dense == null) {
            dense = new byte[REGISTERS];
            for (int i = 0; i < sparseSize; i++) {
                addToDense(sparse[i]);
            }
            sparse = null;
            sparseSize = 0;
        }
    }

    /** The first bits of a sparse index are the dense one, the others the first of the rank. */
    private void addToDense(int entry) {
        final int index = entry >>> RANK_BITS;
        final int more = SPARSE_INDEX_BITS - INDEX_BITS;
        final int rest = index & (1 << more) - 1;
        final int rank =
                rest == 0
                        ? more + (entry & RANK_MASK)
                        : Integer.numberOfLeadingZeros(rest) - (Integer.SIZE - more) + 1;
        raise(index >>> more, rank);
    }

    long estimate() {
        if (dense == null) {
            return sparseSize; // 2^25 ln(2^25 / (2^25 - size)) is no more than 0.07 larger.
        }
        final int[] counts = new int[RANK_MAX + 1]; // Of registers, by rank.
        for (byte rank : dense) {
            counts[rank]++;
        }
        double sum = REGISTERS * tau(1 - (double) counts[RANK_MAX] / REGISTERS);
        for (int rank = RANK_MAX - 1; rank >= 1; rank--) {
            sum = (sum + counts[rank]) * 0.5;
        }
        sum += REGISTERS * sigma((double) counts[0] / REGISTERS);
        return Math.round(HALF_BY_LN_2 * REGISTERS * REGISTERS / sum);
    }

    /** Of the part of registers that are not set. */
    private static double sigma(double part) {
        double power = part;
        double factor = 1;
        double sum = part;
        double before;
        do {
            power *= power;
            before = sum;
            sum += power * factor;
            factor += factor;
        } while (sum != before);
        return sum;
    }

    /** Of the part of registers that are not at the highest rank. */
    private static double tau(double part) {
        if (part == 0 || part == 1) {
            return 0;
        }
        double root = part;
        double factor = 1;
        double sum = 1 - part;
        double before;
        do {
            root = Math.sqrt(root);
            before = sum;
            factor *= 0.5;
            sum -= (1 - root) * (1 - root) * factor;
        } while (sum != before);
        return sum / 3;
    }

    void write(BytesOut out) {
        out.writeBoolean(dense != null);
        if (dense == null) {
            out.writeVarInt(sparseSize);
            int before = 0;
            for (int i = 0; i < sparseSize; i++) {
                out.writeVarInt(sparse[i] - before);
                before = sparse[i];
            }
            return;
        }
        for (int index = 0; index < REGISTERS; index += 4) { // 4 ranks are 3 bytes.
            int four =
                    dense[index] << 18
                            | dense[index + 1] << 12
                            | dense[index + 2] << 6
                            | dense[index + 3];
            out.writeByte(four >>> 16);
            out.writeByte(four >>> 8);
            out.writeByte(four);
        }
    }

    static HyperLogLog read(BytesIn in) {
        HyperLogLog sketch = new HyperLogLog();
        if (in.readBoolean()) {
            sketch.readDense(in);
        } else {
            sketch.readSparse(in);
        }
        return sketch;
    }

    private void readSparse(BytesIn in) {
        final int size = in.readCount();
        if (size > SPARSE_MAX) {
            throw new DecodeException(
                    "at most " + SPARSE_MAX + " registers stand in a list, found " + size);
        }
        sparse = new int[Math.max(1, size)];
        int before = 0;
        for (int i = 0; i < size; i++) {
            final long entry = (long) before + in.readVarInt();
            final boolean known = i > 0 && entry >>> RANK_BITS <= before >>> RANK_BITS;
            if (known || entry < 0 || entry > Integer.MAX_VALUE) {
                throw new DecodeException("register " + (entry >> RANK_BITS) + " is out of order");
            }
            before = (int) entry;
            checkRank(before & RANK_MASK, 1, SPARSE_RANK_MAX);
            sparse[i] = before;
        }
        sparseSize = size;
    }

    private void readDense(BytesIn in) {
        BytesIn packed = in.readSlice(DENSE_BYTES);
        dense = new byte[REGISTERS];
        for (int index = 0; index < REGISTERS; index += 4) {
            int four =
                    (packed.readByte() & 0xFF) << 16
                            | (packed.readByte() & 0xFF) << 8
                            | packed.readByte() & 0xFF;
            for (int i = 0; i < 4; i++) {
                final int rank = four >>> (18 - 6 * i) & RANK_MASK;
                checkRank(rank, 0, RANK_MAX);
                dense[index + i] = (byte) rank;
            }
        }
    }

    private static void checkRank(int rank, int min, int max) {
        if (rank < min || rank > max) {
            throw new DecodeException("a rank is from " + min + " to " + max + ", found " + rank);
        }
    }
}
