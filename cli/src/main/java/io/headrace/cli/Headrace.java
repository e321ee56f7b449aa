package io.headrace.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the command that was asked for and runs it.
 *
 * <p>The parser of options is loaded by the commands that need it, not here: {@code --help} comes
 * before anybody has time to wait.
 */
final class Headrace {
    private static final String USAGE =
            """
            Usage: headrace COMMAND [OPTIONS]

            Runs stream pipelines in this process: fast, exactly-once, durable, without a server.
            """;

    private static final String FOOTER =
            """

            'headrace COMMAND --help' explains a command. '--verbose' as the first word adds the
            stack trace to an error and the engine's log to stderr.

            Durations are written 500ms, 1s, 5m, 2h, 1d. HEADRACE_OPTS holds options for the JVM.
            Exit codes: 0 done, 1 job failed, 2 wrong use, 3 state refused, 130 interrupted.
            """;

    private final Console console;
    private final Supplier<List<Subcommand>> found;

    /**
     * Creates the command.
     *
     * @param found the commands of other modules; asked for once they are needed
     */
    Headrace(Console console, Supplier<List<Subcommand>> found) {
        this.console = console;
        this.found = found;
    }

    /** Runs a command line and returns the exit code. Never throws. */
    int run(List<String> line) {
        boolean verbose = !line.isEmpty() && line.get(0).equals("--verbose");
        List<String> words = verbose ? line.subList(1, line.size()) : line;
        try {
            return dispatch(words, verbose);
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError failure) {
            return report(failure, verbose);
        }
    }

    private int report(Throwable failure, boolean verbose) {
        try {
            return Failure.report(failure, verbose, console);
        } catch (LinkageError unreadable) { // Without descriptors this class is not there either.
            console.err().println("headrace: " + failure + Failure.NO_CLASS);
            return ExitCode.FAILED;
        }
    }

    private int dispatch(List<String> words, boolean verbose) throws Exception {
        if (verbose) {
            Failure.logMore();
        }
        if (words.isEmpty()) {
            console.err().print(help());
            return ExitCode.WRONG_USE;
        }
        return switch (words.get(0)) {
            case "--help", "-h", "help" -> help(words.subList(1, words.size()));
            case "--version", "-V", "version" -> version();
            default -> call(words);
        };
    }

    private int help(List<String> words) throws Exception {
        if (!words.isEmpty()) {
            List<String> asked = new ArrayList<>(words);
            asked.add("--help");
            return call(asked);
        }
        console.out().print(help());
        return ExitCode.DONE;
    }

    private int version() {
        String version = Headrace.class.getPackage().getImplementationVersion();
        console.out()
                .println(
                        "headrace "
                                + (version == null ? "(not packaged)" : version)
                                + ", Java "
                                + Runtime.version());
        return ExitCode.DONE;
    }

    private int call(List<String> words) throws Exception {
        List<Subcommand> commands = commands();
        Optional<Subcommand> called =
                commands.stream()
                        .filter(command -> isCalled(command, words))
                        .max(Comparator.comparingInt(command -> command.name().length()));
        if (called.isPresent()) {
            int length = wordsOf(called.get()).size();
            return called.get().run(words.subList(length, words.size()), console);
        }
        List<Subcommand> family =
                commands.stream()
                        .filter(command -> wordsOf(command).get(0).equals(words.get(0)))
                        .toList();
        if (!family.isEmpty() && (words.size() == 1 || isHelp(words.get(1)))) {
            boolean asked = words.size() > 1;
            (asked ? console.out() : console.err()).print(list(family));
            return asked ? ExitCode.DONE : ExitCode.WRONG_USE;
        }
        throw new UsageException(
                "there is no command '"
                        + String.join(" ", words)
                        + "'; 'headrace --help' lists all");
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h");
    }

    private static boolean isCalled(Subcommand command, List<String> words) {
        List<String> name = wordsOf(command);
        return words.size() >= name.size() && words.subList(0, name.size()).equals(name);
    }

    private static List<String> wordsOf(Subcommand command) {
        return Arrays.asList(command.name().split(" "));
    }

    private List<Subcommand> commands() {
        List<Subcommand> all =
                new ArrayList<>(List.of(new RunEntry(), new CheckEntry(), new ExplainEntry()));
        all.addAll(DeadLettersEntry.all());
        all.addAll(found.get());
        all.sort(Comparator.comparing(Subcommand::name));
        return all;
    }

    private String help() {
        return USAGE + "\n" + list(commands()) + FOOTER;
    }

    private static String list(List<Subcommand> commands) {
        int width = commands.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder("Commands:\n");
        for (Subcommand command : commands) {
            text.append("  ").append(command.name());
            text.append(" ".repeat(width - command.name().length() + 3));
            text.append(command.summary()).append('\n');
        }
        return text.toString();
    }
}
