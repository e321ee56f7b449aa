package io.headrace.cli;

import io.headrace.connector.DeadLetter;
import io.headrace.engine.job.KeptDeadLetters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters, one a line. */
@Command(
        name = "headrace dead-letters list",
        description = "Lists the input that a job could not read, oldest first.",
        sortOptions = false)
final class DeadLettersListCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--json",
            description = "Print them as they are kept: an object of JSON a line.")
    private boolean json;

    @Mixin private StateOption state;
    @Mixin private HelpOption help;

    DeadLettersListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        KeptDeadLetters letters = KeptDeadLetters.of(state.directory());
        letters.forEach(letter -> console.out().println(json ? letter.json() : line(letter)));
        if (letters.dropped() > 0) {
            console.err().println(letters.dropped() + " more were not kept: there was no room");
        }
        return ExitCode.DONE;
    }

    private static String line(KeptDeadLetters.Letter kept) {
        DeadLetter letter = kept.letter();
        String attempts =
                letter.earlier().isEmpty()
                        ? ""
                        : " (attempt " + (letter.earlier().size() + 1) + ")";
        return kept.id()
                + "  "
                + letter.step()
                + "  "
                + letter.split()
                + " "
                + letter.position()
                + "  "
                + letter.reason()
                + attempts;
    }
}
