package io.headrace.testkit.simulation;

import io.headrace.testkit.FaultyStore;
import java.util.SplittableRandom;

/**
 * How the life of one process goes wrong.
 *
 * @param killedAtStep after how many steps it is killed
 * @param losesPower whether the machine dies with it
 * @param zombie whether it goes on for a while although it was declared dead
 * @param roomAtStep after how many steps storage that was full has room again
 * @param faults what goes wrong around it
 */
record Fate(long killedAtStep, boolean losesPower, boolean zombie, long roomAtStep, Faults faults) {
    private static final long NEVER = Long.MAX_VALUE;

    /** A life without faults. */
    static Fate good() {
        return new Fate(NEVER, false, false, NEVER, Faults.NONE);
    }

    /** Draws a fate, and prepares storage for it. */
    static Fate draw(FaultyStore store, SplittableRandom random) {
        long step = NEVER;
        long targetCall = NEVER;
        switch (random.nextInt(4)) {
            case 0 -> store.losePowerAt(upTo(9, random));
            case 1 -> targetCall = upTo(5, random);
            case 2 -> {
                step = upTo(12, random);
                targetCall = upTo(8, random);
            }
            default -> step = upTo(12, random) - 1;
        }
        long roomAtStep = NEVER;
        if (random.nextInt(6) == 0) {
            store.runOutOfSpaceAt(upTo(7, random));
            roomAtStep = upTo(12, random);
        } else if (random.nextInt(12) == 0) {
            store.refuseSyncAt(upTo(7, random));
        }
        int passing = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        Faults faults = new Faults(random.split(), targetCall, passing);
        return new Fate(step, random.nextBoolean(), random.nextInt(3) == 0, roomAtStep, faults);
    }

    /** Returns 1 or more: half of the time near the start of something, half anywhere. */
    private static long upTo(int bits, SplittableRandom random) {
        int drawn = random.nextBoolean() ? bits : random.nextInt(bits);
        return 1 + random.nextLong(1L << drawn);
    }
}
