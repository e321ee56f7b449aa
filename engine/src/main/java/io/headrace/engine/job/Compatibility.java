package io.headrace.engine.job;

import io.headrace.StateRefusedException;
import io.headrace.engine.tasklet.Restored;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.plan.StepKind;
import io.headrace.kernel.plan.StepShape;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides whether a pipeline may go on from a checkpoint. Steps may be added; state is never
 * dropped in silence. Whether the values still fit is decided when they are read.
 */
public final class Compatibility {
    private Compatibility() {}

    /**
     * Checks a checkpoint before anything of it is read.
     *
     * @throws StateRefusedException if it does not fit; names what differs
     */
    public static void check(Graph graph, Restored restored) {
        Manifest manifest = restored.manifest();
        if (!manifest.head().job().equals(graph.name())) {
            throw new StateRefusedException(
                    "the state belongs to pipeline "
                            + manifest.head().job()
                            + ", not to "
                            + graph.name()
                            + ": choose another state directory");
        }
        if (manifest.head().keyGroups() != graph.settings().keyGroups()) {
            throw new StateRefusedException(
                    "the state has "
                            + manifest.head().keyGroups()
                            + " key groups, the pipeline "
                            + graph.settings().keyGroups()
                            + ": the number is fixed for the life of the state");
        }
        manifest.steps().forEach(step -> checkStep(graph, step));
        for (Manifest.SourceState source : manifest.sources()) {
            require(graph, source.step(), "positions of source");
        }
        for (Manifest.SinkState sink : manifest.sinks()) {
            if (!sink.pieces().isEmpty()) {
                require(graph, sink.step(), "uncommitted output of sink");
            }
        }
    }

    /** Refuses to fork from output that is another lineage's to commit. */
    static void requireCommitted(Manifest manifest, Path savepoint) {
        for (Manifest.SinkState sink : manifest.sinks()) {
            if (!sink.pieces().isEmpty()) {
                throw new StateRefusedException(
                        savepoint
                                + " is a checkpoint with output of sink "
                                + sink.step()
                                + " that only its own job can commit: start from a savepoint");
            }
        }
    }

    private static void checkStep(Graph graph, Manifest.StepState saved) {
        Step step = require(graph, saved.schema().step(), "state of step");
        if (!StepKind.of(step).equals(saved.schema().type())) {
            throw new StateRefusedException(
                    "step "
                            + step.name()
                            + " was a "
                            + saved.schema().type()
                            + " and is a "
                            + StepKind.of(step)
                            + " now: give the new one another name");
        }
        StepShape.conflict(saved.shape(), step)
                .ifPresent(
                        conflict -> {
                            throw new StateRefusedException(
                                    "step "
                                            + step.name()
                                            + ": "
                                            + conflict
                                            + " now, which its state does not fit: set it back, or"
                                            + " give the step another name to begin without state");
                        });
    }

    private static Step require(Graph graph, String name, String what) {
        Optional<Step> step =
                graph.steps().stream().filter(one -> one.name().equals(name)).findFirst();
        return step.orElseThrow(
                () ->
                        new StateRefusedException(
                                "the checkpoint has "
                                        + what
                                        + " "
                                        + name
                                        + ", and the pipeline has no such step: keep its name, or"
                                        + " start over with another state directory"));
    }
}
