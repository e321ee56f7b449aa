package io.headrace.examples.fraud.demo;

import io.headrace.cli.Console;
import io.headrace.cli.HelpOption;
import io.headrace.cli.UsageException;
import io.headrace.examples.fraud.FraudFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the demo, and what they mean together. */
@Command(
        name = "headrace demo fraud",
        description = {
            "Scores card transactions one by one and writes a line of features for each, and an",
            "alert for each that is not approved. The data are simulated unless --input brings",
            "your own. The same command goes on where it was stopped or killed."
        },
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private static final Path HOME = Path.of("headrace-demo");

    private final Console console;

    @Mixin private SimulationSize size;

    @Option(
            names = "--input",
            paramLabel = "CSV",
            description = "Transactions of your own: id,time,customer,terminal,amount.")
    private Path input;

    @Option(
            names = "--labels",
            paramLabel = "CSV",
            description = "Their labels: id,time,fraud,scenario. Without them rates are null.")
    private Path labels;

    @Option(
            names = "--columns",
            paramLabel = "NAME=COLUMN,…",
            description =
                    "Columns with other names, as id=TRANSACTION_ID,time=TX_DATETIME; those of the"
                            + " labels with the prefix 'labels.'.")
    private String columns = "";

    @Option(
            names = "--out-of-orderness",
            paramLabel = "D",
            description = "How much earlier than those before it a row may be. Default: 0s.")
    private Duration outOfOrderness = Duration.ZERO;

    @Option(names = "--features", paramLabel = "DIR", description = "Where features go.")
    private Path features;

    @Option(names = "--output", paramLabel = "DIR", description = "Where alerts go.")
    private Path output;

    @Option(names = "--state", paramLabel = "DIR", description = "Where the state is kept.")
    private Path state;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks per step; may change from start to start. Default: cores.")
    private Integer parallelism;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "D",
            description = "Between two checkpoints; may change. Default: 1s.")
    private Duration checkpointInterval;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Read N transactions per second, and say how long decisions took.")
    private long rate;

    @Option(
            names = "--chaos",
            description =
                    "Run as a child process that is killed again and again while it reads, then"
                            + " once without kills, and compare. Starts over each time.")
    private boolean chaos;

    @Option(names = "--kills", paramLabel = "N", description = "For --chaos. Default: 5.")
    private int kills = ChaosRun.KILLS_MIN;

    @Option(names = "--fresh", description = "Delete what the demo wrote, and start over.")
    private boolean fresh;

    @Option(names = "--json", description = "Print one JSON object on stdout, all else on stderr.")
    private boolean json;

    /** For {@link ChaosRun}, which reads these lines. */
    @Option(names = "--announce-checkpoints", hidden = true)
    private boolean announceCheckpoints;

    @Mixin private HelpOption help;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        check();
        Console shown = json ? console.quietOut() : console;
        if (input == null || features == null || output == null || state == null) {
            shown.out()
                    .println(
                            "What has no option of its own goes under ./"
                                    + HOME
                                    + "/ ("
                                    + HOME.toAbsolutePath()
                                    + ")");
        }
        if (chaos) {
            return new ChaosRun(console, settings(HOME.resolve("chaos")), kills).run();
        }
        DemoRun run = new DemoRun(shown, settings(HOME), announceCheckpoints);
        return run.run(fresh, summary -> console.out().println(summary.json()), json);
    }

    private void check() {
        if (input != null && size.given()) {
            throw new UsageException(
                    "--days, --customers, --terminals and --seed are of simulated data, --input"
                            + " brings others; leave out one of them");
        }
        if (labels != null && input == null) {
            throw new UsageException("--labels without --input: simulated data have their own");
        }
        if (!columns.isEmpty() && input == null) {
            throw new UsageException("--columns without --input: simulated data have their own");
        }
        if (chaos && json) {
            throw new UsageException("--chaos compares two runs, --json is of one; choose");
        }
        if (parallelism != null && parallelism < 1) {
            throw new UsageException("--parallelism " + parallelism + ": at least 1");
        }
        if (checkpointInterval != null && checkpointInterval.isZero()) {
            throw new UsageException("--checkpoint-interval 0: at least 1ms");
        }
        if (rate < 0) {
            throw new UsageException("--rate " + rate + ": 0 or more, 0 for as fast as possible");
        }
        if (kills < 1) {
            throw new UsageException("--kills " + kills + ": at least 1");
        }
        requireFile("--input", input);
        requireFile("--labels", labels);
    }

    private static void requireFile(String option, Path file) {
        if (file != null && (!Files.isRegularFile(file) || !Files.isReadable(file))) {
            throw new UsageException(
                    option
                            + " "
                            + file.toAbsolutePath()
                            + ": there is no such file, or it may not be read");
        }
    }

    private DemoSettings settings(Path home) {
        Simulation simulation =
                input == null ? Simulation.below(HOME.resolve("input"), size.options()) : null;
        Columns named = Columns.parse(columns);
        FraudFiles files =
                new FraudFiles(
                        simulation == null ? input : simulation.transactions(),
                        simulation == null ? labels : simulation.labels(),
                        named.transactions(),
                        named.labels(),
                        outOfOrderness,
                        features == null ? home.resolve("features") : features,
                        output == null ? home.resolve("alerts") : output);
        return new DemoSettings(
                files,
                simulation,
                state == null ? home.resolve("state") : state,
                new DemoSettings.Pace(parallelism, checkpointInterval, rate));
    }
}
