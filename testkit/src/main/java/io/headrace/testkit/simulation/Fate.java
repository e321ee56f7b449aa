package io.headrace.testkit.simulation;

import io.headrace.testkit.FaultyStore;
import java.util.SplittableRandom;

/**
 * How the life of one process goes wrong.
 *
 * @param killedAtStep after how many steps it is killed
 * @param losesPower whether the machine dies with it
 * @param zombie whether it goes on for a while although it was declared dead
 * @param storage what storage does
 * @param faults what goes wrong around it
 */
record Fate(
        long killedAtStep,
        boolean losesPower,
        boolean zombie,
        Storage storage,
        Faults faults,
        Wishes wishes) {
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * What storage refuses.
     *
     * @param roomAtStep after how many steps storage that was full has room again
     * @param refuses whether it refuses anything at all
     */
    record Storage(long roomAtStep, boolean refuses) {}

    /** A life without faults. */
    static Fate good(SplittableRandom random) {
        return new Fate(
                NEVER,
                false,
                false,
                new Storage(NEVER, false),
                Faults.none(),
                Wishes.toTheEnd(random));
    }

    /** Returns whether checkpoints may take longer than usual. */
    boolean holdsUpCheckpoints() {
        return storage.refuses() || faults.some();
    }

    /** Returns after how many steps storage that was full has room again. */
    long roomAtStep() {
        return storage.roomAtStep();
    }

    /** Draws a fate, and prepares storage for it. */
    static Fate draw(FaultyStore store, VirtualClock clock, SplittableRandom random) {
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
        Storage storage = storage(store, random);
        int passing = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        return new Fate(
                step,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                storage,
                new Faults(random.split(), targetCall, passing, clock),
                Wishes.draw(random));
    }

    private static Storage storage(FaultyStore store, SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                store.runOutOfSpaceAt(upTo(7, random));
                return new Storage(upTo(12, random), true);
            }
            case 2 -> store.refuseSyncAt(upTo(7, random));
            case 3 -> store.refuseOpensAt(upTo(6, random), 1 + random.nextInt(4));
            case 4 -> store.refuseOpenAfterRenameAt(2 + random.nextInt(8)); // A manifest's.
            default -> {
                return new Storage(NEVER, false);
            }
        }
        return new Storage(NEVER, true);
    }

    /** Returns 1 or more: half of the time near the start of something, half anywhere. */
    static long upTo(int bits, SplittableRandom random) {
        int drawn = random.nextBoolean() ? bits : random.nextInt(bits);
        return 1 + random.nextLong(1L << drawn);
    }
}
