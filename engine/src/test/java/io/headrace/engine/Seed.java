package io.headrace.engine;

import java.util.SplittableRandom;

/** The randomness of property tests: {@code -Dheadrace.seed=N} draws other cases. */
public final class Seed {
    /** The seed of this run, named by every failure. */
    public static final long VALUE = Long.getLong("headrace.seed", 1);

    private Seed() {}

    /** Returns a generator of its own for one case of a test. */
    public static SplittableRandom random(long salt) {
        return new SplittableRandom(VALUE + salt * 0x9E3779B97F4A7C15L);
    }

    /** Returns what to write into the description of an assertion. */
    public static String repeat(long salt) {
        return "case " + salt + "; repeat with -Dheadrace.seed=" + VALUE;
    }
}
