package io.headrace.cli;

import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TimeZone;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // No result may depend on the machine.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Console console = Console.ofProcess();
        if (arguments.length == 0 || !arguments[0].equals("--verbose")) {
            System.setErr(TraceFilter.on(System.err)); // Where the log goes.
        }
        Headrace headrace =
                new Headrace(
                        console,
                        () ->
                                ServiceLoader.load(Subcommand.class).stream()
                                        .map(ServiceLoader.Provider::get)
                                        .toList());
        int code = headrace.run(List.of(arguments));
        console.out().flush();
        console.err().flush();
        System.exit(code);
    }
}
