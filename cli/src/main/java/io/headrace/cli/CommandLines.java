package io.headrace.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs a command whose options are declared by picocli's annotations. */
public final class CommandLines {
    private static final int COLUMNS = 100;

    private CommandLines() {}

    /**
     * Parses the arguments into a command and calls it; prints its help if that was asked for.
     * Options of type {@link Duration} are written as in {@link Durations}.
     *
     * @param command has an option {@code usageHelp}, see {@link HelpOption}
     * @return what the command returned
     * @throws UsageException if the arguments are wrong
     */
    public static int run(Callable<Integer> command, List<String> arguments, Console console)
            throws Exception {
        CommandLine parser = new CommandLine(command);
        parser.registerConverter(Duration.class, Durations::parse);
        parser.setStopAtPositional(command instanceof PipelineArguments.Holder);
        parser.setUsageHelpWidth(COLUMNS);
        parser.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException wrong) {
            throw new UsageException(
                    wrong.getMessage()
                            + "; '"
                            + parser.getCommandSpec().name()
                            + " --help' lists all options");
        }
        if (parser.isUsageHelpRequested()) {
            parser.usage(console.out());
            return ExitCode.DONE;
        }
        return command.call();
    }
}
