package io.headrace.kernel.chain;

/**
 * What an operator has counted since it was created. Written by the thread of its chain only; every
 * record that came in is found again as {@code in = processed + late + deadLetters}.
 */
public final class Counters {
    /** Records that came in. */
    public long in;

    /** Records emitted to the main output. */
    public long out;

    /** Records that came too late. */
    public long late;

    /**
     * Of a source: records that came behind its watermark, though not behind that of their split,
     * because the split had been idle or was found later.
     */
    public long lateAfterIdle;

    /** Records that became dead letters. */
    public long deadLetters;

    /** Processing-time timers that were dropped at the end of the input. */
    public long droppedTimers;

    /** Returns a copy. */
    public Counters copy() {
        return plus(new Counters());
    }

    /** Returns the sums of both. */
    public Counters plus(Counters other) {
        Counters sum = new Counters();
        sum.in = in + other.in;
        sum.out = out + other.out;
        sum.late = late + other.late;
        sum.lateAfterIdle = lateAfterIdle + other.lateAfterIdle;
        sum.deadLetters = deadLetters + other.deadLetters;
        sum.droppedTimers = droppedTimers + other.droppedTimers;
        return sum;
    }
}
