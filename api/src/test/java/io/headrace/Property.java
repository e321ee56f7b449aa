package io.headrace;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Checks what must hold for every list of values, on random ones. A failure names the shortest list
 * that it could find and the seed; {@code -Dheadrace.seed=N} draws others.
 */
final class Property {
    private static final int LISTS = 300;
    private static final int LENGTH_MAX = 40;
    private static final long SEED = Long.getLong("headrace.seed", 1);

    private Property() {}

    /** What is checked; an {@link AssertionError} is a failure. */
    @FunctionalInterface
    interface Claim<V> {
        void holdsFor(List<V> values) throws Exception;
    }

    static <V> void forAll(Function<SplittableRandom, V> generator, Claim<V> claim) {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < LISTS; i++) {
            final List<V> values = new ArrayList<>();
            final int length = random.nextInt(LENGTH_MAX + 1);
            for (int j = 0; j < length; j++) {
                values.add(generator.apply(random));
            }
            final Throwable failure = check(claim, values);
            if (failure != null) {
                final List<V> smallest = shrink(claim, values);
                throw new AssertionError(
                        "fails for " + smallest + "; repeat with -Dheadrace.seed=" + SEED,
                        check(claim, smallest));
            }
        }
    }

    /** Leaves out values as long as the rest still fails. */
    private static <V> List<V> shrink(Claim<V> claim, List<V> failing) {
        List<V> smallest = failing;
        for (int at = 0; at < smallest.size(); ) {
            final List<V> shorter = new ArrayList<>(smallest);
            shorter.remove(at);
            if (check(claim, shorter) != null) {
                smallest = shorter;
            } else {
                at++;
            }
        }
        return smallest;
    }

    private static <V> Throwable check(Claim<V> claim, List<V> values) {
        try {
            claim.holdsFor(values);
            return null;
        } catch (Exception | AssertionError failure) {
            return failure;
        }
    }
}
