package io.headrace.testkit.simulation;

import io.headrace.connector.ConnectorException;
import java.util.SplittableRandom;

/** What goes wrong around one process: in its sources, in its target, and when it is killed. */
final class Faults {
    /** The longest a call of a target takes. */
    private static final long CALL_NANOS_MAX = 20_000_000_000L;

    private final SplittableRandom random;
    private final VirtualClock clock;
    private long targetCallsUntilDeath;
    private int passing;

    /**
     * Draws nothing yet.
     *
     * @param targetCalls at which call of the target the process is killed
     * @param passing how many calls may fail for a while
     * @param clock moves on while a target takes long
     */
    Faults(SplittableRandom random, long targetCalls, int passing, VirtualClock clock) {
        this.clock = clock;
        this.random = random;
        this.targetCallsUntilDeath = targetCalls;
        this.passing = passing;
    }

    /** A process without faults: nothing goes wrong any more. */
    static Faults none() {
        return new Faults(new SplittableRandom(0), Long.MAX_VALUE, 0, new VirtualClock());
    }

    /** Returns whether calls may fail, now or later. */
    boolean some() {
        return passing > 0;
    }

    /** A source is about to be polled. */
    void beforePoll() {
        if (passing > 0 && random.nextInt(300) == 0) {
            passing--;
            throw ConnectorException.retryable("the source is away", null);
        }
    }

    /** A writer is about to seal. */
    void beforeSeal() {
        if (passing > 0 && random.nextInt(30) == 0) {
            passing--;
            throw ConnectorException.retryable("the target is away", null);
        }
    }

    /** The target is about to do what it was asked, or has done it and is about to answer. */
    void aroundCall(String call) {
        if (random.nextInt(16) == 0) {
            clock.advance(random.nextLong(CALL_NANOS_MAX));
        }
        targetCallsUntilDeath--;
        if (targetCallsUntilDeath == 0) {
            throw new ProcessDied("around " + call);
        }
        if (passing > 0 && random.nextInt(8) == 0) {
            passing--;
            throw ConnectorException.retryable("no answer to " + call, null);
        }
    }

    /** The process is dead: what still runs of it meets no more faults. */
    void end() {
        targetCallsUntilDeath = Long.MAX_VALUE;
        passing = 0;
    }
}
