package io.headrace.engine.coordinator;

import io.headrace.engine.tasklet.Execution;
import io.headrace.engine.tasklet.SubtaskSnapshot;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.LateRecord;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.plan.StepShape;
import io.headrace.kernel.state.KeyGroups;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One checkpoint, from its trigger until every subtask has given its part. */
final class Checkpoint {
    private final Execution execution;
    private final CheckpointDirectory.Attempt attempt;
    private final Trigger trigger;
    private final Map<String, SplitAssigner.Unassigned> unassigned = new HashMap<>();
    private final SubtaskSnapshot[] parts;
    private int missing;

    /** What comes behind a checkpoint. */
    enum Purpose {
        /** The job goes on. */
        REGULAR,
        /** The job stops; nothing was read behind the barrier. */
        STOP,
        /** Every input has ended. */
        END
    }

    /**
     * Why and when a checkpoint was begun.
     *
     * @param requests how many requests there had been
     */
    record Trigger(long id, long startNanos, Purpose purpose, long requests) {}

    /**
     * Begins a checkpoint.
     *
     * @param attempt where it is written; null if checkpoints are not kept
     */
    Checkpoint(Execution execution, CheckpointDirectory.Attempt attempt, Trigger trigger) {
        this.execution = execution;
        this.attempt = attempt;
        this.trigger = trigger;
        this.parts = new SubtaskSnapshot[execution.subtasks().size()];
        this.missing = parts.length;
    }

    Trigger trigger() {
        return trigger;
    }

    CheckpointDirectory.Attempt attempt() {
        return attempt;
    }

    void unassigned(String step, SplitAssigner.Unassigned splits) {
        unassigned.put(step, splits);
    }

    void acknowledged(int subtask, SubtaskSnapshot part) {
        if (part.checkpoint() != trigger.id() || parts[subtask] != null) {
            throw new IllegalStateException(
                    "checkpoint " + trigger.id() + " got an answer to " + part.checkpoint());
        }
        parts[subtask] = part;
        missing--;
    }

    boolean complete() {
        return missing == 0;
    }

    /** Gives each sink what its subtasks sealed, in the order of the subtasks. */
    void sealed(SinkCommits commits) {
        for (SubtaskSnapshot part : parts) {
            for (SubtaskSnapshot.StepPart step : part.steps()) {
                commits.sealed(graph().step(step.step()).name(), step.pieces());
            }
        }
    }

    /** Returns a sample of the late records that came since the last barrier. */
    List<LateRecord> lateRecords() {
        return Arrays.stream(parts)
                .flatMap(part -> part.steps().stream())
                .flatMap(step -> step.lateRecords().stream())
                .toList();
    }

    /** Returns the counters of every step at the barrier. */
    Map<String, Counters> counters(JobCounters before) {
        Map<String, Counters> counters = new LinkedHashMap<>();
        graph().steps().forEach(step -> counters.put(step.name(), before.before(step.name())));
        for (SubtaskSnapshot part : parts) {
            for (SubtaskSnapshot.StepPart step : part.steps()) {
                String name = graph().step(step.step()).name();
                counters.merge(name, step.counters(), Counters::plus);
            }
        }
        return counters;
    }

    /** Returns the states of all sources. */
    List<Manifest.SourceState> sources(List<SplitAssigner> assigners) {
        List<Manifest.SourceState> states = new ArrayList<>();
        for (SplitAssigner assigner : assigners) {
            List<SubtaskSnapshot.SplitPart> read = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                int head = execution.subtasks().get(i).chain().steps().get(0);
                if (graph().step(head).name().equals(assigner.step())) {
                    read.addAll(parts[i].splits());
                }
            }
            states.add(assigner.state(unassigned.get(assigner.step()), read));
        }
        return states;
    }

    /** Writes the state of all steps. */
    List<Manifest.StepState> writeStates() throws IOException {
        List<Manifest.StepState> states = new ArrayList<>();
        for (Step step : graph().steps()) {
            Manifest.StepState state = writeState(step);
            if (state != null) {
                states.add(state);
            }
        }
        return states;
    }

    private Manifest.StepState writeState(Step step) throws IOException {
        int groups = graph().settings().keyGroups();
        Long[] watermarks = new Long[groups];
        List<FileEntry> files = new ArrayList<>();
        StepSchema schema = null;
        SubtaskSnapshot.StatePart behind = null;
        for (int i = 0; i < parts.length; i++) {
            Execution.Placed placed = execution.subtasks().get(i);
            for (SubtaskSnapshot.StepPart part : parts[i].steps()) {
                if (part.step() == step.id() && part.state() != null) {
                    schema = part.state().schema();
                    behind = behindOf(behind, part.state());
                    files.add(attempt.writeState(schema, part.state().entries()));
                    int parallelism = placed.chain().parallelism();
                    int first = KeyGroups.firstGroup(placed.index(), parallelism, groups);
                    int last = KeyGroups.lastGroup(placed.index(), parallelism, groups);
                    Arrays.fill(watermarks, first, last + 1, part.state().watermark());
                }
            }
        }
        if (schema == null) {
            return null;
        }
        if (behind.broadcast() != null) {
            files.add(attempt.writeOperatorState(schema, behind.broadcast()));
        }
        return new Manifest.StepState(
                schema, StepShape.of(graph(), step), Arrays.asList(watermarks), files);
    }

    /**
     * Returns the part with the smaller watermark. Its copy of what the step keeps without a key is
     * right for all: a subtask that is further lets take effect what still waits in it.
     */
    private static SubtaskSnapshot.StatePart behindOf(
            SubtaskSnapshot.StatePart one, SubtaskSnapshot.StatePart other) {
        return one != null && one.watermark() <= other.watermark() ? one : other;
    }

    private Graph graph() {
        return execution.plan().graph();
    }
}
