package io.headrace.flink;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.JobMetrics;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** A pipeline that runs on Flink. */
final class FlinkJob implements Job {
    /** What is counted for each step, as accumulators of the job. */
    static final List<String> COUNTERS = List.of("in", "out", "late", "deadLetters");

    private final Graph graph;
    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> result;

    FlinkJob(Graph graph, JobClient client) {
        this.graph = graph;
        this.client = client;
        this.result = client.getJobExecutionResult();
    }

    /** Returns the name of an accumulator. */
    static String counter(String step, String name) {
        return "headrace/" + step + "/" + name;
    }

    @Override
    public String name() {
        return graph.name();
    }

    @Override
    public Status status() {
        if (result.isDone()) {
            return ended();
        }
        JobStatus status = client.getJobStatus().join();
        return switch (status) {
            case RESTARTING, FAILING -> Status.RESTARTING;
            case FINISHED -> Status.FINISHED;
            case CANCELED, SUSPENDED -> Status.STOPPED;
            case FAILED -> Status.FAILED;
            default -> Status.RUNNING;
        };
    }

    private Status ended() {
        if (!result.isCompletedExceptionally()) {
            return Status.FINISHED;
        }
        return wasCancelled(result.handle((done, failed) -> failed).join())
                ? Status.STOPPED
                : Status.FAILED;
    }

    private static boolean wasCancelled(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CancellationException
                    || cause.getClass().getSimpleName().equals("JobCancellationException")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void await() throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException failed) {
            onFailure(failed.getCause());
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        try {
            result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException over) {
            return false;
        } catch (ExecutionException failed) {
            onFailure(failed.getCause());
            return true;
        }
    }

    private void onFailure(Throwable failed) {
        if (!wasCancelled(failed)) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new JobFailedException("job " + name() + " failed on Flink: " + cause, failed);
        }
    }

    /** Stops with a savepoint of Flink, in the directory that Flink is configured with. */
    @Override
    public void stop() throws InterruptedException {
        try {
            client.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();
            result.get();
        } catch (ExecutionException failed) {
            if (!result.isDone()) {
                throw new JobFailedException(
                        "job " + name() + " could not be stopped: " + failed.getCause(), failed);
            }
        }
    }

    @Override
    public void cancel() throws InterruptedException {
        try {
            client.cancel().get();
            result.get();
        } catch (ExecutionException ended) {
            // It is cancelled, or was not running any more.
        }
    }

    /** Not yet: a job on Flink writes savepoints of Flink only. */
    @Override
    public Path savepoint(Path directory) {
        throw new UnsupportedOperationException(
                "a job on Flink does not write portable savepoints yet: use 'flink savepoint'");
    }

    /** Counts since the job was started; checkpoints and times are shown by Flink itself. */
    @Override
    public JobMetrics metrics() {
        Map<String, Object> counted;
        try {
            counted =
                    result.isDone() && !result.isCompletedExceptionally()
                            ? result.join().getAllAccumulatorResults()
                            : client.getAccumulators().join();
        } catch (RuntimeException gone) {
            counted = Map.of();
        }
        List<JobMetrics.StepMetrics> steps = new ArrayList<>();
        for (Step step : graph.steps()) {
            steps.add(
                    new JobMetrics.StepMetrics(
                            step.name(),
                            count(counted, step, "in"),
                            count(counted, step, "out"),
                            count(counted, step, "late"),
                            count(counted, step, "deadLetters"),
                            0,
                            Map.of(),
                            List.of(),
                            List.of()));
        }
        return new JobMetrics(steps, 0, -1, -1, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE, List.of());
    }

    private static long count(Map<String, Object> counted, Step step, String name) {
        return counted.get(counter(step.name(), name)) instanceof Long count ? count : 0;
    }

    @Override
    public void close() {
        if (!result.isDone()) {
            client.cancel().join();
            result.handle((done, failed) -> done).join();
        }
    }
}
