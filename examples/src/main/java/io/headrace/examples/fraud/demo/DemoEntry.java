package io.headrace.examples.fraud.demo;

import io.headrace.cli.CommandLines;
import io.headrace.cli.Console;
import io.headrace.cli.Subcommand;
import java.util.List;

/** {@code headrace demo fraud}, without what does the work. */
public final class DemoEntry implements Subcommand {
    /** Creates the entry. */
    public DemoEntry() {}

    @Override
    public String name() {
        return "demo fraud";
    }

    @Override
    public String summary() {
        return "score card transactions, simulated unless you bring your own";
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        return CommandLines.run(new DemoCommand(console), arguments, console);
    }
}
