package io.headrace.examples.fraud.demo;

import com.sun.management.OperatingSystemMXBean;
import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.cli.Console;
import io.headrace.cli.ExitCode;
import io.headrace.cli.JobWatch;
import io.headrace.connector.Source;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.examples.fraud.FraudObservers;
import io.headrace.examples.fraud.FraudPipeline;
import io.headrace.examples.fraud.Transaction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One start of the demo: goes on where the last one ended, or says that there is nothing to do. */
final class DemoRun {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration TICK_ANNOUNCING = Duration.ofMillis(10);

    private final Console console;
    private final DemoSettings settings;
    private final DemoNote note;
    private final boolean announce;
    private final AlertTap alerts = new AlertTap();
    private final DecisionLatency latency = new DecisionLatency();
    private long announced;

    /**
     * Prepares a start.
     *
     * @param announce whether to print a line for each checkpoint, for the process that kills this
     */
    DemoRun(Console console, DemoSettings settings, boolean announce) {
        this.console = console;
        this.settings = settings;
        this.note = new DemoNote(settings);
        this.announce = announce;
    }

    /**
     * Runs.
     *
     * @param fresh whether to delete first what earlier starts wrote
     * @param result gets the summary at the end
     * @param silent whether the summary is not for people
     */
    int run(boolean fresh, Consumer<Summary> result, boolean silent) throws Exception {
        if (fresh) {
            note.deleteEarlier();
        }
        Optional<Map<String, String>> finished = note.check();
        Summary summary;
        if (finished.isPresent()) {
            console.out().println("this has finished; --fresh starts over");
            summary = Summary.of(finished.get());
        } else {
            simulate();
            note.writeStarted();
            summary = score();
        }
        if (summary == null) {
            return ExitCode.INTERRUPTED;
        }
        if (silent) {
            result.accept(summary);
        } else {
            console.out().println();
            console.out().print(summary.forPeople());
        }
        return summary.accounted() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void simulate() throws IOException {
        Simulation simulation = settings.simulation();
        if (simulation == null) {
            return;
        }
        if (simulation.isThere()) {
            console.out().println("simulated data are there already: " + simulation.text());
        } else {
            console.out()
                    .println(
                            "real card data cannot be handed on, so these are simulated: "
                                    + simulation.text());
            console.out().println(Simulation.describe(simulation.write(console)));
        }
    }

    /** Returns null if the job was stopped before its end. */
    private Summary score() throws Exception {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = system.getProcessCpuTime();
        long nanosBefore = System.nanoTime();
        try (Job job = runner().start(pipeline())) {
            long readBefore = read(job.metrics());
            if (readBefore > 0) {
                console.out().println("going on behind " + readBefore + " transactions");
            }
            if (!await(job)) {
                return null;
            }
            JobMetrics metrics = job.metrics();
            Summary.Effort effort =
                    new Summary.Effort(
                            read(metrics) - readBefore,
                            (System.nanoTime() - nanosBefore) / 1e9,
                            (system.getProcessCpuTime() - cpuBefore) / 1e9);
            if (settings.pace().rate() > 0) {
                console.out().println(latency.describe());
            }
            Summary summary =
                    Summary.of(
                            settings,
                            metrics,
                            new PublishedResults(settings.files()).figures(),
                            effort);
            note.writeFinished(summary.values());
            return summary;
        }
    }

    private boolean await(Job job) throws IOException, InterruptedException {
        DemoProgress progress = new DemoProgress(console, alerts, rowsExpected());
        JobWatch watch =
                new JobWatch(
                        job,
                        console,
                        "stopped; the same command goes on from here, --fresh starts over");
        Runnable onTick =
                () -> {
                    progress.show(job);
                    announce(job.metrics());
                };
        boolean finished = watch.await(announce ? TICK_ANNOUNCING : TICK, onTick);
        progress.end();
        return finished;
    }

    private void announce(JobMetrics metrics) {
        if (announce && metrics.checkpoints() > announced) {
            announced = metrics.checkpoints();
            console.err()
                    .println(ChaosRun.ANNOUNCEMENT + announced + " (" + read(metrics) + " read)");
        }
    }

    private static long read(JobMetrics metrics) {
        return metrics.step(FraudPipeline.TRANSACTIONS).in();
    }

    private long rowsExpected() throws IOException {
        return RowEstimate.of(settings.files().transactions());
    }

    private Pipeline pipeline() {
        long rate = settings.pace().rate();
        UnaryOperator<Source<Transaction, ?, ?>> paced =
                source -> PacedSource.of(source, rate, System::nanoTime, latency::onRead);
        FraudObservers observers =
                rate > 0
                        ? new FraudObservers(paced, latency::onJudged, alerts::offer)
                        : new FraudObservers(UnaryOperator.identity(), null, alerts::offer);
        return FraudPipeline.of(settings.files(), observers);
    }

    private EmbeddedRunner runner() {
        Path state = settings.state();
        EmbeddedRunner runner = EmbeddedRunner.with(state);
        if (settings.pace().parallelism() != null) {
            runner = runner.parallelism(settings.pace().parallelism());
        }
        if (settings.pace().checkpointInterval() != null) {
            runner = runner.checkpointInterval(settings.pace().checkpointInterval());
        }
        return runner;
    }
}
