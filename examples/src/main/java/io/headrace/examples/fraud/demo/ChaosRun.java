package io.headrace.examples.fraud.demo;

import io.headrace.JobFailedException;
import io.headrace.cli.Console;
import io.headrace.cli.Durations;
import io.headrace.cli.ExitCode;
import io.headrace.examples.fraud.FraudFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills the demo again and again, and shows that nobody can tell by its output.
 *
 * <p>The demo runs as a child process. Once it has announced a checkpoint of its own it is killed
 * at a random moment, without warning, while it reads; the next one goes on, on another number of
 * subtasks. After the last kill one runs to the end. Then the same runs without kills into other
 * directories, and the sorted outputs are compared.
 */
final class ChaosRun {
    /** The fewest kills that say anything. */
    static final int KILLS_MIN = 5;

    /** What a child prints in front of the number of a checkpoint and of transactions read. */
    static final String ANNOUNCEMENT = "checkpoint-announced ";

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** Paces the children so that the input lasts: a start takes about a second by itself. */
    private static final int SECONDS_PER_KILL = 3;

    private static final int PARALLELISM_MAX = 3;
    private static final int KILL_WITHIN_MILLIS = 1_000;

    private final Console console;
    private final DemoSettings settings;
    private final int kills;
    private final Random random = new Random();
    private long checkpointsSeen;

    ChaosRun(Console console, DemoSettings settings, int kills) {
        this.console = console;
        this.settings = settings;
        this.kills = kills;
    }

    int run() throws IOException, InterruptedException {
        if (settings.simulation() != null && !settings.simulation().isThere()) {
            console.out().println(Simulation.describe(settings.simulation().write(console)));
        }
        int killed = 0;
        boolean ended = false;
        while (!ended) {
            ended = runOnce(settings, killed == 0, killed);
            killed += ended ? 0 : 1;
        }
        DemoSettings whole = uninterrupted();
        console.out().println("once more without kills");
        runToEnd(start(whole, true, null, 0));
        return compare(whole, killed);
    }

    /** Runs one child; returns whether it ran to its end. */
    private boolean runOnce(DemoSettings given, boolean fresh, int killed)
            throws IOException, InterruptedException {
        long paced =
                RowEstimate.of(given.files().transactions()) / ((long) kills * SECONDS_PER_KILL);
        long rate = given.pace().rate() > 0 ? given.pace().rate() : Math.max(1, paced);
        int parallelism =
                given.pace().parallelism() != null
                        ? given.pace().parallelism()
                        : 1 + killed % PARALLELISM_MAX;
        boolean last = killed == kills;
        Process child = start(given, fresh, parallelism, last ? given.pace().rate() : rate);
        if (last) {
            runToEnd(child);
            return true;
        }
        return !kill(child, killed + 1);
    }

    /** Returns whether the child was killed while it read; false if it came to its end first. */
    private boolean kill(Process child, int number) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = errorsOf(child)) {
            String line = lines.readLine();
            while (line != null && !isLaterCheckpoint(line)) {
                said.append(line).append('\n');
                line = lines.readLine();
            }
            if (line != null) {
                int afterMillis = random.nextInt(KILL_WITHIN_MILLIS);
                boolean alive = !child.waitFor(afterMillis, TimeUnit.MILLISECONDS);
                if (alive) {
                    child.destroyForcibly().waitFor();
                    console.out()
                            .println(
                                    "kill "
                                            + number
                                            + ": "
                                            + afterMillis
                                            + " ms after checkpoint "
                                            + line.substring(ANNOUNCEMENT.length()));
                    return true;
                }
            }
        }
        requireDone(child, said.toString());
        return false;
    }

    private boolean isLaterCheckpoint(String line) {
        if (!line.startsWith(ANNOUNCEMENT)) {
            return false;
        }
        long checkpoint = Long.parseLong(line.split(" ")[1]);
        boolean later = checkpoint > checkpointsSeen;
        checkpointsSeen = Math.max(checkpoint, checkpointsSeen);
        return later;
    }

    private void runToEnd(Process child) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = errorsOf(child)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
            }
        }
        requireDone(child, said.toString());
    }

    private static void requireDone(Process child, String said) throws InterruptedException {
        int code = child.waitFor();
        if (code != ExitCode.DONE) {
            throw new JobFailedException(
                    "the child process ended with code " + code + " and said:\n" + said, null);
        }
    }

    private static BufferedReader errorsOf(Process child) {
        return new BufferedReader(
                new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8));
    }

    private Process start(DemoSettings given, boolean fresh, Integer parallelism, long rate)
            throws IOException {
        List<String> command = new ArrayList<>(ThisProcess.command());
        command.addAll(List.of("demo", "fraud", "--json", "--announce-checkpoints"));
        FraudFiles files = given.files();
        option(command, "--input", files.transactions());
        option(command, "--labels", files.labels());
        option(command, "--features", files.features());
        option(command, "--output", files.alerts());
        option(command, "--state", given.state());
        option(command, "--out-of-orderness", Durations.format(files.outOfOrderness()));
        option(command, "--columns", columns(files));
        option(command, "--parallelism", parallelism);
        Duration interval = given.pace().checkpointInterval();
        option(
                command,
                "--checkpoint-interval",
                Durations.format(interval == null ? INTERVAL : interval));
        option(command, "--rate", rate);
        if (fresh) {
            command.add("--fresh");
        }
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private static void option(List<String> command, String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            command.add(name);
            command.add(value.toString());
        }
    }

    private static String columns(FraudFiles files) {
        List<String> pairs = new ArrayList<>();
        add(pairs, "", files.transactionColumns());
        add(pairs, Columns.LABEL_PREFIX, files.labelColumns());
        return String.join(",", pairs);
    }

    private static void add(List<String> pairs, String prefix, Map<String, String> columns) {
        columns.forEach((name, column) -> pairs.add(prefix + name + "=" + column));
    }

    private DemoSettings uninterrupted() {
        FraudFiles files = settings.files();
        return new DemoSettings(
                new FraudFiles(
                        files.transactions(),
                        files.labels(),
                        files.transactionColumns(),
                        files.labelColumns(),
                        files.outOfOrderness(),
                        sibling(files.features()),
                        sibling(files.alerts())),
                settings.simulation(),
                sibling(settings.state()),
                settings.pace());
    }

    private static Path sibling(Path directory) {
        return directory.resolveSibling(directory.getFileName() + "-uninterrupted");
    }

    private int compare(DemoSettings whole, int killed) throws IOException {
        boolean identical = true;
        for (boolean alerts : new boolean[] {false, true}) {
            String name = alerts ? "alerts  " : "features";
            String first = SortedDigest.of(output(settings, alerts));
            String second = SortedDigest.of(output(whole, alerts));
            console.out()
                    .println("SHA-256 of sorted " + name + " killed " + killed + " times " + first);
            console.out().println("SHA-256 of sorted " + name + " uninterrupted  " + second);
            identical &= first.equals(second);
        }
        if (killed < kills) {
            console.out()
                    .println(
                            "only "
                                    + killed
                                    + " kills of "
                                    + kills
                                    + ": the input ended before; give more days or a lower --rate");
        }
        console.out().println(identical ? "identical" : "DIFFERENT");
        return identical && killed >= kills ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Path output(DemoSettings of, boolean alerts) {
        return alerts ? of.files().alerts() : of.files().features();
    }
}
