package io.headrace.engine.tasklet;

import io.headrace.kernel.chain.Chain;
import java.util.List;

/**
 * What feeds a chain: the splits of a source, or channels from other subtasks. Takes a bounded part
 * of input at each call and says what control follows it.
 */
interface Intake {
    /** What a call of {@link #take} found. */
    enum Taken {
        /** Nothing. */
        NOTHING,
        /** Records, or control that the chain has dealt with. */
        SOMETHING,
        /** Time moved, and the chain is not done with it: call {@link Chain#advance}. */
        BUSY,
        /** The barrier of {@link #barrier()} has come on every input. */
        BARRIER,
        /** Every input has ended. Reported once. */
        END
    }

    /** Takes some input. */
    Taken take(Chain chain, int budget);

    /** Handles a command of the coordinator. */
    void onCommand(Command command);

    /** Returns the checkpoint whose barrier was reported last. */
    long barrier();

    /** Returns whether a barrier was asked for and was not reported yet. */
    boolean barrierPending();

    /** The barrier has passed the chain: input goes on. */
    void barrierPassed();

    /** Returns where it stands in its splits; empty if it has none. */
    List<SubtaskSnapshot.SplitPart> splits();

    /** Releases what it holds. */
    void close();
}
