package io.headrace.cli;

import picocli.CommandLine.Option;

/** The option that every command has; taken in as a picocli mixin. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain the command and do nothing.")
    private boolean asked;

    /** Returns whether the help was asked for. */
    public boolean asked() {
        return asked;
    }
}
