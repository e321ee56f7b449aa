package io.headrace.architecture;

import java.util.Map;

/**
 * The only classes that touch the outside world by themselves, each with its reason.
 *
 * <p>Everything else takes a clock and is stepped by whoever owns the thread; that is what lets a
 * test run the engine in virtual time. A new line here is a design decision: say why the class
 * cannot take what it needs as a constructor argument.
 */
final class NamedPlaces {
    /** Reads the time of the machine. */
    static final Map<String, String> CLOCK_READERS =
            Map.of(
                    "io.headrace.engine.job.SystemClock",
                    "the clock of production: everything else is given a Clock");

    /** Starts threads. */
    static final Map<String, String> THREAD_STARTERS =
            Map.of(
                    "io.headrace.engine.job.EmbeddedJob",
                    "one coordinator thread per job; a simulation steps the Coordinator itself",
                    "io.headrace.engine.job.Run",
                    "the workers of one execution; a simulation steps the subtasks itself");

    private NamedPlaces() {}
}
