package io.headrace.examples.fraud.demo;

import io.headrace.cli.Durations;
import io.headrace.examples.fraud.FraudFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a run of the demo depends on.
 *
 * @param files what is read and where results go
 * @param simulation where the input comes from, or null if the user brought it
 * @param state the directory of the job's state
 * @param pace how fast, and on how many subtasks: may change from start to start
 */
record DemoSettings(FraudFiles files, Simulation simulation, Path state, Pace pace) {
    /**
     * What may change from start to start.
     *
     * @param parallelism subtasks per step, or null for the runner's default
     * @param checkpointInterval between two checkpoints, or null for the runner's default
     * @param rate transactions per second, 0 for as many as possible
     */
    record Pace(Integer parallelism, Duration checkpointInterval, long rate) {}

    /** Returns what must not change while there is state, by the name of the option. */
    Map<String, String> fixed() {
        Map<String, String> fixed = new LinkedHashMap<>();
        if (simulation != null) {
            fixed.put("simulation", simulation.text());
        }
        fixed.put("--input", text(files.transactions()));
        fixed.put("--labels", files.labels() == null ? "none" : text(files.labels()));
        fixed.put("--columns", columns());
        fixed.put("--out-of-orderness", Durations.format(files.outOfOrderness()));
        fixed.put("--features", text(files.features()));
        fixed.put("--output", text(files.alerts()));
        return fixed;
    }

    private String columns() {
        Map<String, String> all = new TreeMap<>(files.transactionColumns());
        files.labelColumns()
                .forEach((name, column) -> all.put(Columns.LABEL_PREFIX + name, column));
        return all.isEmpty() ? "none" : all.toString();
    }

    private static String text(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
