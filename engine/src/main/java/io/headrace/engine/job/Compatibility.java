package io.headrace.engine.job;

import io.headrace.StateCheck;
import io.headrace.StateCheck.Finding;
import io.headrace.StateCheck.Outcome;
import io.headrace.StateRefusedException;
import io.headrace.engine.store.BroadcastRestore;
import io.headrace.engine.store.BroadcastStore;
import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.EntryRestore;
import io.headrace.engine.store.KeyedStore;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.StepKind;
import io.headrace.kernel.plan.StepShape;
import io.headrace.kernel.state.StateLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a pipeline may go on from a checkpoint, and says what becomes of each part of it.
 * Steps may be added; state is never dropped in silence. Reads nothing but the manifest.
 */
public final class Compatibility {
    private final Graph graph;
    private final List<Finding> findings = new ArrayList<>();

    private Compatibility(Graph graph) {
        this.graph = graph;
    }

    /**
     * Checks a checkpoint before anything of it is read.
     *
     * @throws StateRefusedException if it does not fit; names what differs
     */
    public static void check(Graph graph, Manifest manifest) {
        List<String> refusals = compare(graph, manifest).refusals();
        if (!refusals.isEmpty()) {
            throw new StateRefusedException(refusals.get(0));
        }
    }

    /** Says what a start from a checkpoint would make of it. */
    static StateCheck compare(Graph graph, Manifest manifest) {
        Manifest.Head head = manifest.head();
        Compatibility compatibility = new Compatibility(graph);
        if (compatibility.isOfTheSameJob(head)) {
            manifest.steps().forEach(compatibility::compareStep);
            manifest.sources().forEach(compatibility::compareSource);
            manifest.sinks().forEach(compatibility::compareSink);
            graph.steps().forEach(compatibility::findNew);
        }
        String checkpoint = head.epoch() + " of pipeline " + head.job();
        return new StateCheck(
                head.finished() ? checkpoint + ", whose input has ended" : checkpoint,
                compatibility.findings);
    }

    /** Says what a start with nothing to go on from would do. */
    static StateCheck nothing(Graph graph) {
        Compatibility compatibility = new Compatibility(graph);
        graph.steps().forEach(compatibility::findNew);
        return new StateCheck("none", compatibility.findings);
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

    private boolean isOfTheSameJob(Manifest.Head head) {
        if (!head.job().equals(graph.name())) {
            add(
                    Outcome.REFUSED,
                    "",
                    "pipeline",
                    "the state belongs to pipeline "
                            + head.job()
                            + ", not to "
                            + graph.name()
                            + ": choose another state directory");
        }
        if (head.keyGroups() != graph.settings().keyGroups()) {
            add(
                    Outcome.REFUSED,
                    "",
                    "key groups",
                    "the state has "
                            + head.keyGroups()
                            + " key groups, the pipeline "
                            + graph.settings().keyGroups()
                            + ": the number is fixed for the life of the state");
        }
        return findings.isEmpty();
    }

    private void compareStep(Manifest.StepState saved) {
        String name = saved.schema().step();
        Optional<Step> found = step(name);
        if (found.isEmpty()) {
            lost(name, "state", "state of step");
            return;
        }
        Step step = found.get();
        Optional<String> conflict = conflict(saved, step);
        if (conflict.isPresent()) {
            add(Outcome.REFUSED, name, "state", conflict.get());
            return;
        }
        StateLayout layout = OperatorFactory.layout(step);
        EntryCodec codec = new EntryCodec(layout, StepKind.of(step), graph.settings().keyGroups());
        try {
            new EntryRestore(KeyedStore.of(layout, codec, 0), codec, saved.schema());
            new BroadcastRestore(
                    layout.broadcast() == null ? null : new BroadcastStore(layout), saved.schema());
        } catch (StateRefusedException refused) {
            add(Outcome.REFUSED, name, "state", refused.getMessage());
            return;
        }
        compareStates(saved.schema(), codec.schema());
        StepShape.changes(saved.shape(), graph, step)
                .forEach((part, change) -> add(Outcome.CHANGED, name, part, change));
    }

    private Optional<String> conflict(Manifest.StepState saved, Step step) {
        String was = saved.schema().type();
        String is = StepKind.of(step);
        if (!is.equals(was)) {
            return Optional.of(
                    "step "
                            + step.name()
                            + " was a "
                            + was
                            + " and is a "
                            + is
                            + " now: give the new one another name");
        }
        return StepShape.conflict(saved.shape(), graph, step)
                .map(
                        conflict ->
                                "step "
                                        + step.name()
                                        + ": "
                                        + conflict
                                        + " now, which its state does not fit: set it back, or"
                                        + " give the step another name to begin without state");
    }

    private void compareStates(StepSchema before, StepSchema now) {
        for (StepSchema.StateSchema state : before.states()) {
            String part = part(state);
            Optional<StepSchema.StateSchema> same = named(now, state.name());
            if (same.isEmpty()) {
                add(Outcome.CHANGED, before.step(), part, "is there no more");
            } else if (same.get().equals(state)) {
                add(Outcome.KEPT, before.step(), part, "");
            } else {
                String change = "was " + state.valueSchema() + ", is " + same.get().valueSchema();
                add(Outcome.CHANGED, before.step(), part, change);
            }
        }
        for (StepSchema.StateSchema state : now.states()) {
            if (named(before, state.name()).isEmpty()) {
                add(Outcome.NEW, before.step(), part(state), "begins empty");
            }
        }
    }

    private static Optional<StepSchema.StateSchema> named(StepSchema schema, String name) {
        return schema.states().stream().filter(state -> state.name().equals(name)).findFirst();
    }

    private static String part(StepSchema.StateSchema state) {
        return switch (state.kind()) {
            case TIMERS -> "timer " + state.name();
            default -> state.kind().text() + " state " + state.name();
        };
    }

    private void compareSource(Manifest.SourceState source) {
        if (step(source.step()).isEmpty()) {
            lost(source.step(), "positions", "positions of source");
            return;
        }
        long records = source.splits().stream().mapToLong(split -> split.time().records()).sum();
        String open =
                "open splits: " + source.splits().size() + ", records read of them: " + records;
        add(Outcome.KEPT, source.step(), "positions", open);
    }

    private void compareSink(Manifest.SinkState sink) {
        if (step(sink.step()).isPresent()) {
            add(Outcome.KEPT, sink.step(), "output", "pieces to commit: " + sink.pieces().size());
        } else if (!sink.pieces().isEmpty()) {
            lost(sink.step(), "output", "uncommitted output of sink");
        }
    }

    private void findNew(Step step) {
        boolean known = findings.stream().anyMatch(finding -> finding.step().equals(step.name()));
        if (known) {
            return;
        }
        if (step instanceof Step.Read) {
            add(Outcome.NEW, step.name(), "positions", "is read from its start");
        } else if (OperatorFactory.layout(step) != null) {
            add(Outcome.NEW, step.name(), "state", "begins empty");
        }
    }

    private void lost(String step, String part, String what) {
        add(
                Outcome.LOST,
                step,
                part,
                "the checkpoint has "
                        + what
                        + " "
                        + step
                        + ", and the pipeline has no such step: keep its name, or start over with"
                        + " another state directory");
    }

    private Optional<Step> step(String name) {
        return graph.steps().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private void add(Outcome outcome, String step, String part, String detail) {
        findings.add(new Finding(outcome, step, part, detail));
    }
}
