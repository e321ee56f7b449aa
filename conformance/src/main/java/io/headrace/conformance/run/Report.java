package io.headrace.conformance.run;

import io.headrace.conformance.random.RandomCase;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.StepLine;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what has run. Cases may run in several threads; the figures are read at the end. */
public final class Report {
    private final Map<String, Total> operators = new TreeMap<>();
    private int scenarios;
    private int randomPipelines;
    private int differences;

    /** What the random pipelines with one operator were given and did. */
    private static final class Total {
        int pipelines;
        long records;
        long late;
        long firings;
    }

    /** A scenario has run. */
    public synchronized void ranScenario(boolean differs) {
        scenarios++;
        differences += differs ? 1 : 0;
    }

    /** A random case has run. */
    public synchronized void ran(RandomCase random, Outcome expected, boolean differs) {
        randomPipelines++;
        differences += differs ? 1 : 0;
        for (String operator : operators(random.pipeline())) {
            Total total = operators.computeIfAbsent(operator, any -> new Total());
            total.pipelines++;
            total.records +=
                    random.script().stream()
                            .filter(line -> line.action() == ScriptLine.Action.RECORD)
                            .count();
            total.late += expected.late();
            total.firings += expected.firings();
        }
    }

    /** Returns in how many random pipelines each operator was, also if it was in none. */
    public Map<String, Integer> pipelinesByOperator() {
        Map<String, Integer> pipelines = new TreeMap<>();
        LineOperators.ALL.forEach(operator -> pipelines.put(operator, 0));
        operators.forEach((operator, total) -> pipelines.put(operator, total.pipelines));
        return pipelines;
    }

    private static Set<String> operators(PipelineText pipeline) {
        Set<String> operators = new LinkedHashSet<>();
        for (StepLine line : pipeline.lines()) {
            operators.addAll(LineOperators.of(line));
        }
        if (pipeline.of("source").size() > 1) {
            operators.add("several sources");
        }
        return operators;
    }

    /** Returns one line per operator, and one for all. */
    public String text(long seed) {
        StringBuilder text = new StringBuilder();
        operators.forEach(
                (operator, total) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "conformance: %-28s randomPipelines=%-5d records=%-6.1f"
                                                + " late=%-5.1f firings=%.1f%n",
                                        operator,
                                        total.pipelines,
                                        mean(total.records, total),
                                        mean(total.late, total),
                                        mean(total.firings, total))));
        return text
                + "conformance: scenarios="
                + scenarios
                + " randomPipelines="
                + randomPipelines
                + " differences="
                + differences
                + " seed="
                + seed;
    }

    /** Returns the same as JSON. */
    public String json(long seed) {
        String each =
                operators.entrySet().stream()
                        .map(operator -> json(operator.getKey(), operator.getValue()))
                        .collect(Collectors.joining(",\n"));
        return String.format(
                Locale.ROOT,
                "{\"scenarios\": %d, \"randomPipelines\": %d, \"differences\": %d, \"seed\": %d,"
                        + " \"operators\": {%n%s}}%n",
                scenarios,
                randomPipelines,
                differences,
                seed,
                each);
    }

    private static String json(String operator, Total total) {
        return String.format(
                Locale.ROOT,
                "\"%s\": {\"randomPipelines\": %d, \"records\": %.1f, \"late\": %.1f,"
                        + " \"firings\": %.1f}",
                operator,
                total.pipelines,
                mean(total.records, total),
                mean(total.late, total),
                mean(total.firings, total));
    }

    private static double mean(long sum, Total total) {
        return (double) sum / total.pipelines;
    }
}
