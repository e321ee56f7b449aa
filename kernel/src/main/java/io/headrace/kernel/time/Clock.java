package io.headrace.kernel.time;

/** The only source of time. A simulation gives a virtual one. Thread-safe. */
public interface Clock {
    /** Returns the wall clock, in milliseconds since 1970-01-01T00:00Z. May jump. */
    long millis();

    /** Returns a clock for durations, in nanoseconds from some origin. Never goes back. */
    long nanos();
}
