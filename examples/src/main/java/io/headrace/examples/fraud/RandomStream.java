package io.headrace.examples.fraud;

/**
 * One reproducible sequence of random numbers, chosen by what it is for.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: <i>Fast splittable pseudorandom number generators</i>, OOPSLA
 * 2014) with the state hashed from seed, purpose, subject and day. No sequence depends on how much
 * another one was used, so neither the order of generation nor the number of days shows in the
 * result. Only {@link StrictMath} and IEEE arithmetic are used: every platform draws the same.
 */
final class RandomStream {
    /** What a sequence is for; the ordinal is part of the hash, so the order is frozen. */
    enum Purpose {
        CUSTOMER_PROFILE,
        TERMINAL_PLACE,
        SPENDING,
        COMPROMISED_TERMINALS,
        COMPROMISED_CARDS,
        CARD_FRAUD
    }

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;
    private double spareGaussian;
    private boolean hasSpareGaussian;

    RandomStream(long seed, Purpose purpose, int subject, int day) {
        long hash = mix(seed + GAMMA * (purpose.ordinal() + 1));
        hash = mix(hash + GAMMA * (subject + 1L));
        state = mix(hash + GAMMA * (day + 1L));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Returns a number in [0, bound); the bias is below bound / 2^32. */
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Returns a number in [0, 1), a multiple of 2^-53. */
    double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** Returns a normal number with mean 0 and deviation 1, by Marsaglia's polar method. */
    double gaussian() {
        if (hasSpareGaussian) {
            hasSpareGaussian = false;
            return spareGaussian;
        }
        double x;
        double y;
        double square;
        do { // Each round succeeds with probability pi / 4.
            x = 2 * uniform() - 1;
            y = 2 * uniform() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spareGaussian = y * scale;
        hasSpareGaussian = true;
        return x * scale;
    }

    /**
     * Returns a Poisson number, by Knuth's product of uniforms.
     *
     * @param zeroProbability e to the power of minus the mean; the work grows with the mean
     */
    int poisson(double zeroProbability) {
        int count = 0;
        double product = uniform();
        while (product > zeroProbability) {
            count++;
            product *= uniform();
        }
        return count;
    }
}
