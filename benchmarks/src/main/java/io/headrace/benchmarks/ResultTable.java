package io.headrace.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Sums up runs for people: medians, spreads, and the ratio to the first contestant. */
final class ResultTable {
    private static final String ROW = "%-6s %-10s %3s  %-26s %-8s %s";

    private final Map<String, List<Measurement>> rows = new LinkedHashMap<>();

    void add(Measurement measurement) {
        rows.computeIfAbsent(
                        measurement.query() + " " + measurement.engine(), row -> new ArrayList<>())
                .add(measurement);
    }

    /** Returns a head and one line per query and contestant, without line ends. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        ROW,
                        "query",
                        "engine",
                        "p",
                        "CPU s per million events",
                        "ratio",
                        "million events/s"));
        final Map<String, Double> references = new LinkedHashMap<>();
        for (List<Measurement> runs : rows.values()) {
            final Measurement one = runs.get(0);
            final double[] cpu = sorted(runs, Measurement::cpuSecondsPerMillion);
            final double reference = references.computeIfAbsent(one.query(), q -> median(cpu));
            lines.add(line(one, cpu, reference, sorted(runs, Measurement::eventsPerSecond)));
        }
        return lines;
    }

    private static String line(Measurement one, double[] cpu, double reference, double[] rate) {
        return String.format(
                Locale.ROOT,
                ROW,
                one.query(),
                one.engine(),
                one.parallelism(),
                String.format(
                        Locale.ROOT, "%.4f (%.4f..%.4f)", median(cpu), cpu[0], cpu[cpu.length - 1]),
                reference > 0 ? String.format(Locale.ROOT, "%.2f", median(cpu) / reference) : "-",
                String.format(Locale.ROOT, "%.2f", median(rate) / 1_000_000));
    }

    private static double[] sorted(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray();
    }

    private static double median(double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
