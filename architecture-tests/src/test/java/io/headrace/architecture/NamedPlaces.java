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

    /** Draws by chance. */
    static final Map<String, String> CHANCE =
            Map.of(
                    "io.headrace.engine.job.JobStart",
                    "names a new lineage; a simulation gives the name");

    /** Keeps things in no order: looks them up, adds them up or sorts them, and nothing else. */
    static final Map<String, String> UNORDERED =
            Map.ofEntries(
                    Map.entry("io.headrace.kernel.codec.KeyHashes", "looks classes up"),
                    Map.entry("io.headrace.kernel.codec.Writers", "looks classes up"),
                    Map.entry("io.headrace.kernel.codec.SchemaParser", "counts names"),
                    Map.entry("io.headrace.kernel.plan.Functions", "tells classes apart"),
                    Map.entry("io.headrace.kernel.function.OperatorClasses", "looks classes up"),
                    Map.entry("io.headrace.kernel.plan.Planner", "looks steps up"),
                    Map.entry("io.headrace.kernel.chain.Operator", "looks side outputs up"),
                    Map.entry("io.headrace.kernel.function.ProcessOperator", "looks names up"),
                    Map.entry("io.headrace.kernel.checkpoint.CheckpointDirectory", "sorts"),
                    Map.entry("io.headrace.kernel.checkpoint.JsonObject", "looks names up"),
                    Map.entry("io.headrace.kernel.checkpoint.FileLocks", "looks paths up"),
                    Map.entry("io.headrace.engine.coordinator.Checkpoint", "looks steps up"),
                    Map.entry("io.headrace.engine.coordinator.JobCounters", "adds up"),
                    Map.entry("io.headrace.engine.tasklet.Channels", "looks edges up"));

    private NamedPlaces() {}
}
