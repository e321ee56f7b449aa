package io.headrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the plan of a pipeline. */
@Command(
        name = "headrace explain",
        description = "Prints the plan of a pipeline: chains, edges, states. Runs nothing.",
        sortOptions = false)
final class ExplainCommand implements Callable<Integer>, PipelineArguments.Holder {
    private final Console console;

    @Mixin private PipelineArguments pipeline;
    @Mixin private RunnerOptions options;
    @Mixin private HelpOption help;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        console.out().println(options.runner(null).explain(pipeline.load()));
        return ExitCode.DONE;
    }
}
