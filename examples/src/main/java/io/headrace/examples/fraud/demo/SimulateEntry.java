package io.headrace.examples.fraud.demo;

import io.headrace.cli.CommandLines;
import io.headrace.cli.Console;
import io.headrace.cli.Subcommand;
import java.util.List;

/** {@code headrace simulate fraud}, without what does the work. */
public final class SimulateEntry implements Subcommand {
    /** Creates the entry. */
    public SimulateEntry() {}

    @Override
    public String name() {
        return "simulate fraud";
    }

    @Override
    public String summary() {
        return "write simulated card transactions and their labels";
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        return CommandLines.run(new SimulateCommand(console), arguments, console);
    }
}
