package io.headrace.cli;

import java.util.List;

/** {@code headrace run}, without what does the work. */
final class RunEntry implements Subcommand {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "run the pipeline of a class or a jar of yours";
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        return CommandLines.run(new RunCommand(console), arguments, console);
    }
}
