package io.headrace.cli;

import java.util.List;

/** {@code headrace check}, without what does the work. */
final class CheckEntry implements Subcommand {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "say what a pipeline would make of the state that is there";
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        return CommandLines.run(new CheckCommand(console), arguments, console);
    }
}
