package io.headrace.cli;

import io.headrace.StateRefusedException;

/** What the process tells the shell. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** A job failed, or what it made is not what it should be. */
    public static final int FAILED = 1;

    /** The command line, or a file that it names, is wrong. */
    public static final int WRONG_USE = 2;

    /** There is state that must not be used for this. */
    public static final int STATE_REFUSED = 3;

    /** Stopped by the user; the same command goes on. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Returns the code of a failure. */
    public static int of(Throwable failure) {
        if (failure instanceof StateRefusedException) {
            return STATE_REFUSED;
        }
        if (failure instanceof IllegalArgumentException) {
            return WRONG_USE;
        }
        return failure instanceof InterruptedException ? INTERRUPTED : FAILED;
    }
}
