package io.headrace.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --state} where there must be one; taken in as a picocli mixin. */
final class StateOption {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            required = true,
            description = "The state directory of the job.")
    private Path directory;

    Path directory() {
        return directory;
    }
}
