package io.headrace.examples.fraud.demo;

import io.headrace.cli.Console;
import io.headrace.cli.StatusLine;
import io.headrace.examples.fraud.FraudSimulator;
import io.headrace.examples.fraud.SimulatedData;
import io.headrace.examples.fraud.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Simulated data in a directory. */
final class Simulation {
    private final Path directory;
    private final SimulationOptions options;

    Simulation(Path directory, SimulationOptions options) {
        this.directory = directory;
        this.options = options;
    }

    /** Returns a simulation in a directory of its own: other options never replace its data. */
    static Simulation below(Path parent, SimulationOptions options) {
        return new Simulation(parent.resolve(text(options).replaceAll("[, ]+", "-")), options);
    }

    Path transactions() {
        return directory.resolve(FraudSimulator.TRANSACTIONS);
    }

    Path labels() {
        return directory.resolve(FraudSimulator.LABELS);
    }

    /** Returns the options as text; equal texts mean equal data. */
    String text() {
        return text(options);
    }

    private static String text(SimulationOptions options) {
        return "seed "
                + options.seed()
                + ", "
                + options.days()
                + " days, "
                + options.customers()
                + " customers, "
                + options.terminals()
                + " terminals";
    }

    /** Returns whether complete data are there. */
    boolean isThere() {
        return Files.exists(transactions()) && Files.exists(labels());
    }

    /** Writes the data, complete or not at all. */
    SimulatedData write(Console console) throws IOException {
        StatusLine status = new StatusLine(console);
        FraudSimulator.Progress progress =
                (done, days, rows) ->
                        status.update(
                                String.format(
                                        Locale.ROOT,
                                        "simulating day %d of %d: %,d transactions",
                                        done,
                                        days,
                                        rows));
        SimulatedData data = new FraudSimulator(options).writeTo(directory, progress);
        status.clear();
        return data;
    }

    /** Says what was written, in one line. */
    static String describe(SimulatedData data) {
        return String.format(
                Locale.ROOT,
                "simulated: %,d transactions, %.2f%% of them frauds",
                data.rows(),
                100.0 * data.frauds() / Math.max(1, data.rows()));
    }
}
