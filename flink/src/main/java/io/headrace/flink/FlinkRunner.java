package io.headrace.flink;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.Runner;
import io.headrace.graph.Graph;
import io.headrace.kernel.plan.Portability;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs pipelines on Apache Flink 2.3: in this process, or on the cluster that {@code flink run}
 * sends the program to.
 *
 * <p>Each step that keeps state is an operator whose uid is the name of the step, so that
 * savepoints of Flink are restored as those of any job of Flink. Keyed state is that of Flink, in
 * the backend that the configuration chooses, and stored by the codecs of the pipeline. A pipeline
 * must be portable: {@link Pipeline#portable()} says what that means.
 *
 * <p>Immutable; each method returns a new runner.
 */
public final class FlinkRunner implements Runner {
    private static final Duration CHECKPOINT_INTERVAL_DEFAULT = Duration.ofSeconds(1);
    private static final int LINEAGE_BYTES = 8;

    private final Configuration configuration;
    private final int parallelism;
    private final Path scratch;

    private FlinkRunner(Configuration configuration, int parallelism, Path scratch) {
        this.configuration = configuration;
        this.parallelism = parallelism;
        this.scratch = scratch;
    }

    /**
     * Runs on the cluster that the program was sent to; started as any other program, on one in
     * this process.
     *
     * @param scratch a directory for output that is not shown yet, of sinks that do not keep it in
     *     their target; all processes of a cluster must reach it
     */
    public static FlinkRunner create(Path scratch) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL_DEFAULT);
        return new FlinkRunner(
                configuration,
                Runtime.getRuntime().availableProcessors(),
                Objects.requireNonNull(scratch, "scratch").toAbsolutePath());
    }

    /**
     * Sets how many subtasks a step has where the pipeline says nothing; the number of cores unless
     * set.
     */
    public FlinkRunner parallelism(int subtasks) {
        if (subtasks < 1) {
            throw new IllegalArgumentException("parallelism " + subtasks + " is less than 1");
        }
        return new FlinkRunner(configuration, subtasks, scratch);
    }

    /** Sets the time between two checkpoints, 1 s unless set; at least 10 ms, as Flink says. */
    public FlinkRunner checkpointInterval(Duration interval) {
        return option(
                CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), interval.toMillis() + "ms");
    }

    /** Sets an option of Flink, by the name that it has in Flink's own configuration. */
    public FlinkRunner option(String name, String value) {
        Configuration changed = new Configuration(configuration);
        changed.setString(name, value);
        return new FlinkRunner(changed, parallelism, scratch);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if something in the pipeline cannot be sent to a
     *     cluster, or if the options ask for what would lose output; names both
     */
    @Override
    public Job start(Pipeline pipeline) {
        Graph graph = pipeline.graph();
        List<String> problems = Portability.problems(graph);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "pipeline "
                            + graph.name()
                            + " is not portable: "
                            + String.join("; ", problems));
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(complete(graph));
        new Translation(graph, parallelism, environment, newLineage(), scratch).translate();
        try {
            return new FlinkJob(graph, environment.executeAsync(graph.name()));
        } catch (Exception refused) {
            throw new IllegalStateException(
                    "pipeline " + graph.name() + " was not accepted: " + refused.getMessage(),
                    refused);
        }
    }

    private Configuration complete(Graph graph) {
        Configuration complete = new Configuration(configuration);
        if (complete.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
            throw new IllegalArgumentException(
                    CheckpointingOptions.ENABLE_UNALIGNED.key()
                            + " is true: records on their way would become part of checkpoints,"
                            + " and sinks would show them twice. Leave it out");
        }
        complete.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        complete.set(PipelineOptions.GENERIC_TYPES, false);
        complete.set(PipelineOptions.OBJECT_REUSE, true); // Nobody changes what was emitted.
        complete.set(PipelineOptions.MAX_PARALLELISM, graph.settings().keyGroups());
        return complete;
    }

    private static String newLineage() {
        byte[] id = new byte[LINEAGE_BYTES];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
