package io.headrace.benchmarks;

import io.headrace.Runner;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Compares contestants on queries, in one process.
 *
 * <p>Before anything is measured, every contestant answers all queries once on fewer events, so
 * that no code was compiled for one pipeline only; then the first run of each query is dropped.
 * After that the contestants take turns, so that what else the machine does hits all of them. Every
 * answer is compared with that of the first contestant.
 *
 * <p>Question: how many CPU seconds do a million events cost? {@code headrace bench q0 q5 wc}
 */
public final class Bench {
    /** How many runs of each kind, at least: a single one proves nothing. */
    static final int RUNS_MIN = 5;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The share of the events that all queries are warmed up with. */
    private static final int WARM_UP_SHARE = 5;

    private final List<Contestant> contestants;
    private final long events;
    private final int runs;
    private final ProcessClock clock = new ProcessClock();

    /**
     * Creates a benchmark.
     *
     * @param contestants the first is the reference
     * @param events how many records are read in each run
     * @param runs how many runs of each contestant and query are reported, at least 5
     */
    Bench(List<Contestant> contestants, long events, int runs) {
        if (contestants.isEmpty() || events < 1 || runs < RUNS_MIN) {
            throw new IllegalArgumentException(
                    "contestants="
                            + contestants.size()
                            + ", events="
                            + events
                            + " and runs="
                            + runs
                            + ", must be at least 1, 1 and "
                            + RUNS_MIN);
        }
        this.contestants = List.copyOf(contestants);
        this.events = events;
        this.runs = runs;
    }

    /** Measures the loops alone: what a million events cost here without any engine. */
    public static void main(String[] arguments) throws InterruptedException {
        run(List.of(arguments), null, System.out);
    }

    /**
     * Measures loop and pipelines and prints a table, or with {@code --json} a line for each run.
     *
     * @param arguments names of queries, {@code --events N}, {@code --runs N}, {@code --parallelism
     *     N}, {@code --json}
     * @param runners makes a runner of a parallelism; null to measure the loops alone
     * @throws IllegalArgumentException if the arguments are wrong; the message says what to write
     * @throws IllegalStateException if loop and pipeline gave different answers
     */
    public static void run(List<String> arguments, IntFunction<Runner> runners, PrintStream out)
            throws InterruptedException {
        final BenchOptions options = BenchOptions.parse(arguments);
        final List<Contestant> contestants = new ArrayList<>(List.of(Contestant.loop()));
        if (runners != null) {
            final int parallelism = options.parallelism();
            contestants.add(
                    Contestant.pipelines("headrace", parallelism, runners.apply(parallelism)));
        }
        final Bench bench = new Bench(contestants, options.events(), options.runs());
        final ResultTable table = new ResultTable();
        if (options.json()) {
            bench.measure(options.queries(), run -> out.println(run.toJson()));
        } else {
            bench.measure(options.queries(), table::add);
            table.lines().forEach(out::println);
        }
    }

    /**
     * Measures, and reports each run when it has ended.
     *
     * @throws IllegalStateException if two answers differ; names both
     */
    void measure(List<Query> queries, Consumer<Measurement> report) throws InterruptedException {
        for (Query query : Query.ALL) {
            for (Contestant contestant : contestants) {
                contestant.answer(query, Math.max(1, events / WARM_UP_SHARE));
            }
        }
        for (Query query : queries) {
            measure(query, report);
        }
    }

    private void measure(Query query, Consumer<Measurement> report) throws InterruptedException {
        Measurement reference = null;
        for (int run = 0; run <= runs; run++) {
            for (Contestant contestant : contestants) {
                final Measurement measurement = once(contestant, query, run);
                reference = reference == null ? measurement : reference;
                requireSame(reference, measurement);
                if (run > 0) {
                    report.accept(measurement);
                }
            }
        }
    }

    private Measurement once(Contestant contestant, Query query, int run)
            throws InterruptedException {
        final long cpuBefore = clock.cpuNanos();
        final long wallBefore = clock.wallNanos();
        final Checksum answer = contestant.answer(query, events);
        final double wallSeconds = (clock.wallNanos() - wallBefore) / (double) NANOS_PER_SECOND;
        final double cpuSeconds = (clock.cpuNanos() - cpuBefore) / (double) NANOS_PER_SECOND;
        return new Measurement(
                contestant.name(),
                query.name(),
                contestant.parallelism(),
                run,
                events,
                cpuSeconds / events * 1_000_000,
                events / wallSeconds,
                answer.count(),
                answer.hash());
    }

    private static void requireSame(Measurement expected, Measurement found) {
        if (expected.count() != found.count() || !expected.hash().equals(found.hash())) {
            throw new IllegalStateException(
                    "the answers to "
                            + expected.query()
                            + " differ: "
                            + expected.toJson()
                            + " and "
                            + found.toJson());
        }
    }
}
