package io.headrace.examples.fraud.demo;

import io.headrace.JobMetrics;
import io.headrace.examples.fraud.FraudPipeline;
import io.headrace.examples.fraud.Quality;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is said at the end: named values, as text or as JSON, the same again whenever asked.
 *
 * <p>Values are kept as the text of JSON: numbers, strings in quotes, or {@code null}.
 */
final class Summary {
    /** The fields of the JSON object, in its order. The text has more. */
    static final List<String> JSON_FIELDS =
            List.of(
                    "transactions",
                    "alerts",
                    "late",
                    "deadLetters",
                    "precision",
                    "recall",
                    "averagePrecision",
                    "fraudShare",
                    "transactionsPerSecond",
                    "cpuSecondsPerMillion",
                    "checkpoints",
                    "recoveries",
                    "replayed",
                    "input",
                    "labels",
                    "features",
                    "alertsPath",
                    "state");

    private static final Set<String> PATHS =
            Set.of("input", "labels", "features", "alertsPath", "state");

    private final Map<String, String> values;

    private Summary(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Returns a summary that was kept. */
    static Summary of(Map<String, String> kept) {
        return new Summary(kept);
    }

    /** What a process spent on a run. */
    record Effort(long transactions, double seconds, double cpuSeconds) {}

    /** Makes the summary of a finished job. */
    static Summary of(
            DemoSettings settings, JobMetrics metrics, Quality.Figures figures, Effort effort) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("transactions", text(metrics.step(FraudPipeline.TRANSACTIONS).in()));
        values.put("alerts", text(metrics.step(FraudPipeline.ALERTS).committed()));
        values.put("late", text(sum(metrics, true)));
        values.put("deadLetters", text(sum(metrics, false)));
        values.put("precision", text(figures.precision()));
        values.put("recall", text(figures.recall()));
        values.put("averagePrecision", text(figures.averagePrecision()));
        values.put("cardPrecisionAt100", text(figures.cardPrecisionAt100()));
        values.put("fraudShare", text(figures.fraudShare()));
        boolean some = effort.transactions() > 0;
        values.put(
                "transactionsPerSecond",
                some ? text(Math.round(effort.transactions() / effort.seconds())) : "null");
        values.put(
                "cpuSecondsPerMillion",
                some
                        ? String.format(
                                Locale.ROOT,
                                "%.3f",
                                effort.cpuSeconds() / effort.transactions() * 1_000_000)
                        : "null");
        values.put("checkpoints", text(metrics.checkpoints()));
        values.put("recoveries", text(metrics.recoveries()));
        values.put("replayed", text(metrics.replayed()));
        values.put("accounted", String.join("; ", Accounting.violations(metrics)));
        values.put("input", path(settings.files().transactions()));
        values.put("labels", path(settings.files().labels()));
        values.put("features", path(settings.files().features()));
        values.put("alertsPath", path(settings.files().alerts()));
        values.put("state", path(settings.state()));
        values.put("simulated", settings.simulation() == null ? "" : settings.simulation().text());
        return new Summary(values);
    }

    private static long sum(JobMetrics metrics, boolean late) {
        return metrics.steps().stream()
                .mapToLong(step -> late ? step.late() : step.deadLetters())
                .sum();
    }

    private static String text(Number number) {
        return number == null ? "null" : number.toString();
    }

    private static String path(Path path) {
        return path == null ? "null" : path.toAbsolutePath().normalize().toString();
    }

    /** Returns what {@link #of(Map)} makes a summary of. */
    Map<String, String> values() {
        return values;
    }

    /** Returns whether every record is accounted for. */
    boolean accounted() {
        return values.get("accounted").isEmpty();
    }

    /** Returns one JSON object, on one line. */
    String json() {
        StringBuilder json = new StringBuilder("{");
        for (String field : JSON_FIELDS) {
            String value = values.get(field);
            boolean quoted = PATHS.contains(field) && !value.equals("null");
            json.append(json.length() > 1 ? "," : "").append('"').append(field).append("\":");
            json.append(quoted ? quoted(value) : value);
        }
        return json.append('}').toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Returns the summary for people. */
    String forPeople() {
        StringBuilder text = new StringBuilder();
        String origin = values.get("simulated");
        line(text, "transactions", count("transactions") + (origin.isEmpty() ? "" : ", simulated"));
        line(
                text,
                "speed",
                count("transactionsPerSecond")
                        + " transactions per second, "
                        + values.get("cpuSecondsPerMillion")
                        + " CPU seconds per million");
        line(text, "alerts", count("alerts"));
        line(
                text,
                "quality",
                "precision "
                        + share("precision")
                        + ", recall "
                        + share("recall")
                        + ", average precision "
                        + share("averagePrecision")
                        + ", card precision@100 "
                        + share("cardPrecisionAt100"));
        line(
                text,
                "",
                "over the labelled days after day 60 (after a third of them, if fewer); "
                        + share("fraudShare")
                        + " of those transactions are frauds");
        line(text, "late", count("late") + ", dead letters " + count("deadLetters"));
        line(text, "accounted for", accounted() ? "every record" : values.get("accounted"));
        line(
                text,
                "checkpoints",
                count("checkpoints")
                        + ", recoveries "
                        + count("recoveries")
                        + ", replayed "
                        + count("replayed"));
        line(text, "input", values.get("input") + (origin.isEmpty() ? "" : " (" + origin + ")"));
        line(text, "labels", values.get("labels").replace("null", "none"));
        line(text, "features", values.get("features"));
        line(text, "alerts in", values.get("alertsPath"));
        line(text, "state", values.get("state"));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(" ".repeat(15 - name.length())).append(value).append('\n');
    }

    private String count(String field) {
        String value = values.get(field);
        return value.equals("null")
                ? "unknown"
                : String.format(Locale.ROOT, "%,d", Long.parseLong(value));
    }

    private String share(String field) {
        String value = values.get(field);
        return value.equals("null")
                ? "unknown"
                : String.format(Locale.ROOT, "%.4f", Double.parseDouble(value));
    }
}
