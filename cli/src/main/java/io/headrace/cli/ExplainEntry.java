package io.headrace.cli;

import java.util.List;

/** {@code headrace explain}, without what does the work. */
final class ExplainEntry implements Subcommand {
    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "print the plan of a pipeline: chains, edges, states";
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        return CommandLines.run(new ExplainCommand(console), arguments, console);
    }
}
