package io.headrace.cli;

import io.headrace.engine.EmbeddedRunner;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where and how a pipeline runs; taken in as a picocli mixin. */
final class RunnerOptions {
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "How many subtasks a step has; may change between runs. Default: cores.")
    private Integer parallelism;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "D",
            description = "The time between two checkpoints; may change between runs. Default: 1s.")
    private Duration checkpointInterval;

    @Option(
            names = "--from",
            paramLabel = "SAVEPOINT",
            description = "Begin from the state in this savepoint.")
    private Path savepoint;

    /**
     * Returns the runner.
     *
     * @param state its directory, or null to keep nothing
     */
    EmbeddedRunner runner(Path state) {
        EmbeddedRunner runner =
                state == null ? EmbeddedRunner.inMemory() : EmbeddedRunner.with(state);
        if (parallelism != null) {
            runner = runner.parallelism(parallelism);
        }
        if (checkpointInterval != null) {
            runner = runner.checkpointInterval(checkpointInterval);
        }
        return savepoint == null ? runner : runner.from(savepoint);
    }
}
