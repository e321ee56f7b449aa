package io.headrace.examples.fraud.demo;

import io.headrace.cli.UsageException;
import io.headrace.examples.fraud.SimulationOptions;
import picocli.CommandLine.Option;

/** How much is simulated; taken in as a picocli mixin. */
final class SimulationSize {
    @Option(names = "--days", paramLabel = "N", description = "Days to simulate. Default: 183.")
    private Integer days;

    @Option(names = "--customers", paramLabel = "N", description = "Cards. Default: 5000.")
    private Integer customers;

    @Option(names = "--terminals", paramLabel = "N", description = "Terminals. Default: 10000.")
    private Integer terminals;

    @Option(names = "--seed", paramLabel = "S", description = "Which world. Default: 0.")
    private Long seed;

    /** Returns whether any of the options was given. */
    boolean given() {
        return days != null || customers != null || terminals != null || seed != null;
    }

    /**
     * Returns the options of the simulation.
     *
     * @throws UsageException if a number is out of bounds
     */
    SimulationOptions options() {
        SimulationOptions defaults = SimulationOptions.defaults();
        try {
            return defaults.withSize(
                            customers == null ? defaults.customers() : customers,
                            terminals == null ? defaults.terminals() : terminals)
                    .withDays(days == null ? defaults.days() : days)
                    .withSeed(seed == null ? defaults.seed() : seed);
        } catch (IllegalArgumentException outOfBounds) {
            throw new UsageException("--" + outOfBounds.getMessage());
        }
    }
}
