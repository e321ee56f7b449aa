package io.headrace.cli;

import io.headrace.connector.DeadLetter;
import io.headrace.engine.job.KeptDeadLetters;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one dead letter. */
@Command(
        name = "headrace dead-letters show",
        description = "Shows a dead letter in full.",
        sortOptions = false)
final class DeadLettersShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "Its number in the list.")
    private long id;

    @Option(names = "--raw", description = "Print the bytes of the input, and nothing else.")
    private boolean raw;

    @Mixin private StateOption state;
    @Mixin private HelpOption help;

    DeadLettersShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<KeptDeadLetters.Letter> found = new ArrayList<>();
        KeptDeadLetters.of(state.directory())
                .forEach(
                        letter -> {
                            if (letter.id() == id) {
                                found.add(letter);
                            }
                        });
        if (found.isEmpty()) {
            throw new UsageException(
                    "there is no dead letter " + id + "; 'headrace dead-letters list' shows all");
        }
        if (raw) {
            byte[] bytes = found.get(0).letter().raw();
            console.out().write(bytes, 0, bytes.length);
        } else {
            print(found.get(0), console.out());
        }
        return ExitCode.DONE;
    }

    private static void print(KeptDeadLetters.Letter kept, PrintStream out) {
        DeadLetter letter = kept.letter();
        out.println("id        " + kept.id());
        out.println("step      " + letter.step());
        out.println("split     " + letter.split());
        out.println("position  " + letter.position());
        out.println("reason    " + letter.reason());
        letter.earlier().forEach(reason -> out.println("before    " + reason));
        out.println("bytes     " + letter.raw().length + (kept.whole() ? "" : ", cut"));
        out.println();
        out.println(new String(letter.raw(), StandardCharsets.UTF_8));
    }
}
