package io.headrace.testkit.simulation;

/** A schedule showed something that must not happen. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    SimulationFailure(String what) {
        super(what);
    }

    SimulationFailure(String what, Throwable cause) {
        super(what, cause);
    }

    static void require(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new SimulationFailure(String.format(what, values));
        }
    }
}
