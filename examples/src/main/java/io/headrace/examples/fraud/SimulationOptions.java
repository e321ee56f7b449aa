package io.headrace.examples.fraud;

import java.time.LocalDate;

/**
 * What a simulated data set depends on, and all it depends on: equal options give equal bytes.
 *
 * @param customers how many cards there are, numbered from 0
 * @param terminals how many terminals there are, numbered from 0
 * @param days how many days are simulated; fewer days give a prefix of the same transactions
 * @param seed selects one world among many
 * @param start the first day, in UTC
 * @param radius how far a customer travels to a terminal, in units of the 100 × 100 grid
 */
public record SimulationOptions(
        int customers, int terminals, int days, long seed, LocalDate start, double radius) {

    /** Bounds the lists of customers and terminals to a few hundred megabytes. */
    private static final int PLACES_MAX = 10_000_000;

    /** Ten years: seconds since the start fit an int, years have four digits. */
    private static final int DAYS_MAX = 3_660;

    private static final LocalDate START_MIN = LocalDate.of(1970, 1, 1);
    private static final LocalDate START_MAX = LocalDate.of(2999, 12, 31);

    /** Beyond the diagonal of the grid a larger radius changes nothing. */
    private static final double RADIUS_MAX = 150;

    /** Checks every bound; a violation names the option, its value and the range. */
    public SimulationOptions {
        requireRange("customers", customers, 1, PLACES_MAX);
        requireRange("terminals", terminals, 1, PLACES_MAX);
        requireRange("days", days, 1, DAYS_MAX);
        if (start.isBefore(START_MIN) || start.isAfter(START_MAX)) {
            throw new IllegalArgumentException(
                    "start=" + start + ": choose a day from " + START_MIN + " to " + START_MAX);
        }
        if (!(radius > 0 && radius <= RADIUS_MAX)) {
            throw new IllegalArgumentException(
                    "radius=" + radius + ": choose a number above 0 and up to " + RADIUS_MAX);
        }
    }

    /** Returns the data set of the documentation: about 1.75 million transactions, 0.8% frauds. */
    public static SimulationOptions defaults() {
        return new SimulationOptions(5_000, 10_000, 183, 0, LocalDate.of(2018, 4, 1), 5);
    }

    /** Returns the same options with another number of customers and terminals. */
    public SimulationOptions withSize(int customers, int terminals) {
        return new SimulationOptions(customers, terminals, days, seed, start, radius);
    }

    /** Returns the same options with another number of days. */
    public SimulationOptions withDays(int days) {
        return new SimulationOptions(customers, terminals, days, seed, start, radius);
    }

    /** Returns the same options with another seed. */
    public SimulationOptions withSeed(long seed) {
        return new SimulationOptions(customers, terminals, days, seed, start, radius);
    }

    private static void requireRange(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    option + "=" + value + ": choose a number from " + min + " to " + max);
        }
    }
}
