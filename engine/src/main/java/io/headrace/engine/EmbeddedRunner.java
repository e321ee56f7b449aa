package io.headrace.engine;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.Runner;
import io.headrace.StateCheck;
import io.headrace.StateRefusedException;
import io.headrace.engine.job.DefaultDeadLetters;
import io.headrace.engine.job.JobStart;
import io.headrace.engine.job.SystemClock;
import io.headrace.graph.Graph;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.Portability;
import io.headrace.type.DecodeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Runs pipelines inside this process.
 *
 * <pre>{@code
 * try (Job job = EmbeddedRunner.with(Path.of("state")).start(pipeline)) {
 *     job.await();
 * }
 * }</pre>
 *
 * <p>With a state directory a job is durable: started again, also after a crash, it goes on from
 * its newest checkpoint. The directory belongs to one pipeline and to one process at a time.
 *
 * <p>Immutable and thread-safe: each method returns a changed copy.
 */
public final class EmbeddedRunner implements Runner {
    /** Between two checkpoints unless another interval is set. */
    public static final Duration CHECKPOINT_INTERVAL_DEFAULT = Duration.ofSeconds(1);

    private final Path directory;
    private final Path savepoint;
    private final int parallelism;
    private final Duration checkpointInterval;

    private EmbeddedRunner(
            Path directory, Path savepoint, int parallelism, Duration checkpointInterval) {
        this.directory = directory;
        this.savepoint = savepoint;
        this.parallelism = parallelism;
        this.checkpointInterval = checkpointInterval;
    }

    /** Keeps state in a directory, which is created if it does not exist. */
    public static EmbeddedRunner with(Path stateDirectory) {
        Objects.requireNonNull(stateDirectory, "stateDirectory");
        // Checkpoints name pieces in full: a later start may have another working directory.
        return new EmbeddedRunner(
                stateDirectory.toAbsolutePath(),
                null,
                defaultParallelism(),
                CHECKPOINT_INTERVAL_DEFAULT);
    }

    /**
     * Keeps state in memory only: nothing survives the process, a failure ends the job, and
     * exactly-once sinks show their output when the input ends or the job is stopped.
     */
    public static EmbeddedRunner inMemory() {
        return new EmbeddedRunner(null, null, defaultParallelism(), CHECKPOINT_INTERVAL_DEFAULT);
    }

    private static int defaultParallelism() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Sets how many subtasks a step has where the pipeline says nothing; the number of cores unless
     * set. May differ from the parallelism that wrote the state.
     */
    public EmbeddedRunner parallelism(int subtasks) {
        if (subtasks < 1) {
            throw new IllegalArgumentException("parallelism " + subtasks + " is less than 1");
        }
        return new EmbeddedRunner(directory, savepoint, subtasks, checkpointInterval);
    }

    /** Sets the time between two checkpoints, 1 s unless set; at least 1 ms. */
    public EmbeddedRunner checkpointInterval(Duration interval) {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "checkpoint interval " + interval + " is less than 1 ms");
        }
        return new EmbeddedRunner(directory, savepoint, parallelism, interval);
    }

    /**
     * Starts from a savepoint, as a new lineage. Only for a state directory that has no checkpoint
     * yet; once it has one, a start goes on from that.
     */
    public EmbeddedRunner from(Path savepointDirectory) {
        return new EmbeddedRunner(
                directory,
                Objects.requireNonNull(savepointDirectory, "savepointDirectory"),
                parallelism,
                checkpointInterval);
    }

    /**
     * Returns how a pipeline would run, as text for people: its chains, what its steps keep, and
     * what is not portable.
     */
    public String explain(Pipeline pipeline) {
        Plan plan = plan(pipeline);
        StringBuilder text = new StringBuilder(plan.explain());
        for (String problem : Portability.problems(pipeline.graph())) {
            text.append("not portable: ").append(problem).append('\n');
        }
        return text.toString();
    }

    /**
     * Says what a start would make of the state that is there: of the newest checkpoint in the
     * state directory, else of the savepoint. Starts nothing and changes nothing.
     *
     * @throws StateRefusedException if the state is in use by another process, or damaged
     */
    public StateCheck check(Pipeline pipeline) {
        return onState(job(pipeline)::check);
    }

    private Plan plan(Pipeline pipeline) {
        Graph graph =
                directory == null
                        ? pipeline.graph()
                        : DefaultDeadLetters.in(directory, pipeline.graph());
        if (parallelism > graph.settings().keyGroups()) {
            throw new IllegalArgumentException(
                    "parallelism "
                            + parallelism
                            + " is more than the number of key groups, "
                            + graph.settings().keyGroups());
        }
        if (graph.settings().portable()) {
            refuseWhatIsNotPortable(pipeline.graph());
        }
        return Plan.of(graph, parallelism);
    }

    private static void refuseWhatIsNotPortable(Graph graph) {
        List<String> problems = Portability.problems(graph);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the pipeline is to be portable and is not: " + String.join("; ", problems));
        }
    }

    @Override
    public Job start(Pipeline pipeline) {
        return onState(job(pipeline)::start);
    }

    private JobStart job(Pipeline pipeline) {
        return new JobStart(
                plan(pipeline),
                directory,
                savepoint,
                checkpointInterval.toNanos(),
                new SystemClock());
    }

    private interface StateWork<R> {
        R run() throws IOException;
    }

    private <R> R onState(StateWork<R> work) {
        try {
            return work.run();
        } catch (IOException failed) {
            throw new StateRefusedException(
                    "the state in " + directory + " cannot be used: " + failed, failed);
        } catch (DecodeException damaged) {
            throw new StateRefusedException(
                    "the state in "
                            + (savepoint == null ? directory : directory + " or " + savepoint)
                            + " is damaged: "
                            + damaged.getMessage(),
                    damaged);
        }
    }
}
