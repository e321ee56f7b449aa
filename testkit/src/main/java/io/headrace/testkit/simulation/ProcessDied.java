package io.headrace.testkit.simulation;

/**
 * The simulated process was killed in the middle of a call. An error, so that nobody handles it.
 */
final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied(String where) {
        super("killed " + where);
    }
}
