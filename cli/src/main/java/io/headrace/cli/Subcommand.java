package io.headrace.cli;

import java.util.List;

/**
 * A command of another module, found by {@link java.util.ServiceLoader}.
 *
 * <p>Every one is created for {@code headrace --help}, so that its class and constructor must be
 * light: load what does the work in {@link #run} only.
 */
public interface Subcommand {
    /** Returns the words that call it, with one blank between them: {@code demo fraud}. */
    String name();

    /** Returns what it does, in one line without a full stop. */
    String summary();

    /**
     * Runs it, on the main thread.
     *
     * @param arguments what followed the name
     * @return one of {@link ExitCode}
     * @throws Exception is shown as one message; its class decides the exit code, see {@link
     *     ExitCode#of}
     */
    int run(List<String> arguments, Console console) throws Exception;
}
