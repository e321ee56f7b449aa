package io.headrace.conformance.run;

/** What all subjects take a script to mean. */
final class Script {
    /** Where the clock starts: some time in 2020, far from the event times of scenarios. */
    static final long CLOCK_START = 1_600_000_000_000L;

    /** What stands at the place of a record that is broken. */
    static final byte[] BROKEN = {1, 2, 3};

    private Script() {}
}
