package io.headrace.cli;

import io.headrace.engine.job.KeptDeadLetters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives dead letters back to the job. */
@Command(
        name = "headrace dead-letters redrive",
        description = {
            "Gives dead letters back to the job: its next start reads them before anything else,"
                    + " with the pipeline as it is then, each exactly once. What is no record then"
                    + " either comes back, with all reasons. Stop the job first."
        },
        sortOptions = false)
final class DeadLettersRedriveCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Which, by their numbers.")
    private List<Long> ids = List.of();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Mixin private StateOption state;
    @Mixin private HelpOption help;

    DeadLettersRedriveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (all != ids.isEmpty()) {
            throw new UsageException("say which dead letters: numbers, or --all");
        }
        KeptDeadLetters.Redriven redriven =
                KeptDeadLetters.redrive(
                        state.directory(), letter -> all || ids.contains(letter.id()));
        redriven.left().forEach(reason -> console.err().println("stays: " + reason));
        console.out()
                .println(redriven.letters() + " dead letters go back to the job at its next start");
        return ExitCode.DONE;
    }
}
