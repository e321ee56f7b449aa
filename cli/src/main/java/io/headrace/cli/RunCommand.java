package io.headrace.cli;

import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.engine.job.KeptDeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pipeline until its input ends or it is stopped. */
@Command(
        name = "headrace run",
        description = "Runs the pipeline of a class or a jar until its input ends.",
        sortOptions = false)
final class RunCommand implements Callable<Integer>, PipelineArguments.Holder {
    /** With such a share of one key, four subtasks are no faster than three. */
    private static final double SKEW_SHOWN = 0.25;

    private static final Duration TICK = Duration.ofMillis(250);

    private final Console console;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Keep the state here, and go on from it. Without it, nothing survives the end"
                            + " of the process.")
    private Path state;

    @Mixin private PipelineArguments pipeline;
    @Mixin private RunnerOptions options;
    @Mixin private HelpOption help;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Pipeline loaded = pipeline.load();
        StatusLine status = new StatusLine(console);
        console.err()
                .println(
                        state == null
                                ? "no --state: nothing survives the end of this process"
                                : "state: " + state.toAbsolutePath().normalize());
        try (Job job = options.runner(state).start(loaded)) {
            JobWatch watch = new JobWatch(job, console, howToGoOn());
            boolean finished = watch.await(TICK, () -> status.update(line(job.metrics())));
            status.clear();
            if (!finished) {
                return ExitCode.INTERRUPTED;
            }
            printCounters(job.metrics());
            sayWhereDeadLettersAre(job.metrics());
            return ExitCode.DONE;
        }
    }

    private String howToGoOn() {
        return state == null
                ? "stopped; without --state the next start begins again"
                : "stopped; the same command goes on from here";
    }

    private static String line(JobMetrics metrics) {
        long read = metrics.steps().isEmpty() ? 0 : metrics.steps().get(0).in();
        String time =
                metrics.eventTimeMillis() == Long.MIN_VALUE
                        ? ""
                        : ", event time " + Instant.ofEpochMilli(metrics.eventTimeMillis());
        return read + " read" + time + ", " + metrics.checkpoints() + " checkpoints";
    }

    private void sayWhereDeadLettersAre(JobMetrics metrics) {
        boolean any = metrics.steps().stream().anyMatch(step -> step.deadLetters() > 0);
        if (any && state != null) {
            long dropped = KeptDeadLetters.of(state).dropped();
            console.err()
                    .println(
                            "'headrace dead-letters list --state "
                                    + state
                                    + "' shows dead letters"
                                    + (dropped > 0 ? "; " + dropped + " had no room" : ""));
        }
    }

    private void printCounters(JobMetrics metrics) {
        for (JobMetrics.StepMetrics step : metrics.steps()) {
            console.err()
                    .println(
                            step.name()
                                    + ": in "
                                    + step.in()
                                    + ", out "
                                    + step.out()
                                    + (step.late() > 0 ? ", late " + step.late() : "")
                                    + (step.deadLetters() > 0
                                            ? ", dead letters " + step.deadLetters()
                                            : "")
                                    + skew(step));
        }
    }

    /** Returns the key that makes one subtask do much more than others, if there is one. */
    static String skew(JobMetrics.StepMetrics step) {
        boolean alone = step.inBySubtask().size() == 1; // It has no others to do less.
        if (alone
                || step.frequentKeys().isEmpty()
                || step.frequentKeys().get(0).share() < SKEW_SHOWN) {
            return "";
        }
        JobMetrics.KeyShare first = step.frequentKeys().get(0);
        return ", " + Math.round(100 * first.share()) + " % of late with the key " + first.key();
    }
}
