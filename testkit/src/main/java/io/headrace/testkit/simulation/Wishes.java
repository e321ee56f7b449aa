package io.headrace.testkit.simulation;

import java.util.SplittableRandom;

/**
 * What is wanted of the job in one process.
 *
 * @param bounded whether its sources end; if not, it is stopped when they have nothing more
 * @param stopAtStep after how many steps it is asked to stop
 * @param savepointAtStep after how many steps it is asked for a savepoint, if there is none yet
 */
record Wishes(boolean bounded, long stopAtStep, long savepointAtStep) {
    private static final long NEVER = Long.MAX_VALUE;

    /** Draws what is wanted of a process that may be stopped. */
    static Wishes draw(SplittableRandom random) {
        boolean stops = random.nextInt(4) == 0;
        return new Wishes(
                random.nextInt(3) != 0, stops ? Fate.upTo(12, random) : NEVER, savepoint(random));
    }

    /** Draws what is wanted of a process that goes on until the end. */
    static Wishes toTheEnd(SplittableRandom random) {
        return new Wishes(true, NEVER, savepoint(random));
    }

    private static long savepoint(SplittableRandom random) {
        return random.nextInt(5) == 0 ? Fate.upTo(11, random) : NEVER;
    }
}
