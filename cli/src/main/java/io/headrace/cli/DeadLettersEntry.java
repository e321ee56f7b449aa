package io.headrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * One of the commands {@code headrace dead-letters …}, without what does the work.
 *
 * @param command creates what does
 */
record DeadLettersEntry(String name, String summary, Function<Console, Callable<Integer>> command)
        implements Subcommand {
    static List<Subcommand> all() {
        return List.of(
                new DeadLettersEntry(
                        "dead-letters list",
                        "list the input that a job could not read",
                        console -> new DeadLettersListCommand(console)),
                new DeadLettersEntry(
                        "dead-letters show",
                        "show one dead letter in full",
                        console -> new DeadLettersShowCommand(console)),
                new DeadLettersEntry(
                        "dead-letters redrive",
                        "give dead letters back to the job, each exactly once",
                        console -> new DeadLettersRedriveCommand(console)));
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        return CommandLines.run(command.apply(console), arguments, console);
    }
}
