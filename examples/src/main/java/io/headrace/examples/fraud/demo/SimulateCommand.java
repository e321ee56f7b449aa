package io.headrace.examples.fraud.demo;

import io.headrace.cli.Console;
import io.headrace.cli.ExitCode;
import io.headrace.cli.HelpOption;
import io.headrace.examples.fraud.SimulatedData;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a simulated data set. */
@Command(
        name = "headrace simulate fraud",
        description = {
            "Writes simulated card transactions and their labels as two CSV files.",
            "Equal options give equal bytes, everywhere. Real card data cannot be handed on."
        },
        sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where to write; created if missing, an older set is replaced.")
    private Path out;

    @Mixin private SimulationSize size;
    @Mixin private HelpOption help;

    SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        SimulatedData data = new Simulation(out, size.options()).write(console);
        console.out().println(Simulation.describe(data));
        console.out().println("transactions: " + data.transactions());
        console.out().println("labels:       " + data.labels());
        return ExitCode.DONE;
    }
}
