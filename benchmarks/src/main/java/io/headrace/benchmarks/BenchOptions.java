package io.headrace.benchmarks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What a benchmark was asked to do.
 *
 * @param queries in the order in which they are measured
 * @param events how many records are read in each run
 * @param runs how many runs are reported
 * @param parallelism of the pipelines; a loop has one thread
 * @param json whether each run is one line of JSON
 */
record BenchOptions(List<Query> queries, long events, int runs, int parallelism, boolean json) {
    /** Makes the fastest loop run for 40 ticks of the clock, see {@link ProcessClock#cpuNanos}. */
    private static final long EVENTS_DEFAULT = 20_000_000;

    BenchOptions {
        queries = List.copyOf(queries);
    }

    /**
     * Reads a command line: names of queries (all, if there are none), {@code --events N}, {@code
     * --runs N}, {@code --parallelism N}, {@code --json}.
     *
     * @throws IllegalArgumentException if it is wrong; the message says what to write
     */
    static BenchOptions parse(List<String> arguments) {
        final List<Query> queries = new ArrayList<>();
        long events = EVENTS_DEFAULT;
        long runs = Bench.RUNS_MIN;
        long parallelism = 1;
        boolean json = false;
        final Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            final String argument = rest.next();
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--events")) {
                events = number(argument, rest, 1, Long.MAX_VALUE);
            } else if (argument.equals("--runs")) {
                runs = number(argument, rest, Bench.RUNS_MIN, 1000);
            } else if (argument.equals("--parallelism")) {
                parallelism = number(argument, rest, 1, 128);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(
                        "there is no option "
                                + argument
                                + ", only --events, --runs, --parallelism and --json");
            } else {
                queries.add(Query.named(argument));
            }
        }
        return new BenchOptions(
                queries.isEmpty() ? Query.ALL : queries,
                events,
                (int) runs,
                (int) parallelism,
                json);
    }

    private static long number(String option, Iterator<String> rest, long min, long max) {
        final String text = rest.hasNext() ? rest.next() : "nothing";
        try {
            final long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number that is out of bounds.
        }
        throw new IllegalArgumentException(
                option + " takes a number from " + min + " to " + max + ", found " + text);
    }
}
