package io.headrace.cli;

import io.headrace.StateCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a start would make of the state that is there. */
@Command(
        name = "headrace check",
        description =
                "Says what a start of a pipeline would make of the state that is there: what is"
                        + " kept, new, changed, lost. Starts nothing; returns 3 if a start would be"
                        + " refused.",
        sortOptions = false)
final class CheckCommand implements Callable<Integer>, PipelineArguments.Holder {
    private final Console console;

    @Mixin private PipelineArguments pipeline;
    @Mixin private StateOption state;
    @Mixin private RunnerOptions options;
    @Mixin private HelpOption help;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        StateCheck check = options.runner(state.directory()).check(pipeline.load());
        console.out().println(check);
        return check.fits() ? ExitCode.DONE : ExitCode.STATE_REFUSED;
    }
}
