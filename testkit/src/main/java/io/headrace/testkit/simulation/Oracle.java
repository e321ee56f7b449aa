package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.JobMetrics;
import io.headrace.connector.Lineage;
import io.headrace.engine.tasklet.Restored;
import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.state.Declarations;
import io.headrace.testkit.FaultyStore;
import io.headrace.type.BytesIn;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows what must hold, and remembers the newest cut that was seen.
 *
 * <p>A cut is a durable checkpoint of which everything is committed. At each, the visible output is
 * exactly what its counters say, every record is accounted for on each step, and neither positions
 * nor watermarks nor the cut itself have gone back.
 */
final class Oracle {
    private final Workload workload;
    private final Lineage lineage;
    private final Map<String, TargetTable> tables;
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, List<Long>> watermarks = new HashMap<>();
    private long newest;
    private boolean idled;

    Oracle(Workload workload, Lineage lineage, Map<String, TargetTable> tables) {
        this.workload = workload;
        this.lineage = lineage;
        this.tables = tables;
    }

    /** A process found this checkpoint, or none. */
    void found(Restored restored) {
        long epoch = restored == null ? 0 : restored.manifest().head().epoch();
        require(epoch >= newest, "checkpoint %d was durable, found %d", newest, epoch);
    }

    /** A checkpoint is durable and committed. */
    void cut(Graph graph, Manifest manifest) {
        if (manifest.head().lineage().equals(lineage)) { // A savepoint is another's.
            require(manifest.head().epoch() >= newest, "the cut went back behind %d", newest);
            newest = manifest.head().epoch();
        }
        for (Step step : graph.steps()) {
            checkCounters(graph, manifest, step);
        }
        manifest.sources().forEach(source -> checkPositions(manifest, source));
        manifest.steps().forEach(this::checkWatermarks);
        tables.values().forEach(table -> checkVisible(manifest, table));
    }

    /** Returns the position of a split at the newest cut. */
    long durable(String split) {
        return positions.getOrDefault(split, 0L);
    }

    private static long counter(Manifest manifest, String step, String name) {
        return manifest.counters().getOrDefault(step, Map.of()).getOrDefault(name, 0L);
    }

    private static void checkCounters(Graph graph, Manifest manifest, Step step) {
        String name = step.name();
        long in = counter(manifest, name, "in");
        long out = counter(manifest, name, "out");
        long deadLetters = counter(manifest, name, "deadLetters");
        requireLate(manifest, step);
        if (step instanceof Step.Read || step instanceof Step.KeyBy) {
            require(in == out + deadLetters, "%s: in %d, out %d", name, in, out);
        } else if (step instanceof Step.DeadLetters) {
            long all =
                    graph.steps().stream()
                            .mapToLong(one -> counter(manifest, one.name(), "deadLetters"))
                            .sum();
            require(in == all, "%s: in %d of %d", name, in, all);
        }
        List<Input> inputs = step.head().inputs();
        if (!inputs.isEmpty() && inputs.stream().allMatch(input -> input.side() == null)) {
            long given =
                    inputs.stream()
                            .map(input -> graph.step(input.step()))
                            .mapToLong(
                                    before ->
                                            copies(graph, before, step)
                                                    * counter(manifest, before.name(), "out"))
                            .sum();
            require(in == given, "%s: in %d, its inputs gave %d", name, in, given);
        }
    }

    /**
     * Behind a broadcast there are steps with a parallelism of their own, and steps that do not
     * count control records.
     */
    private static int copies(Graph graph, Step before, Step step) {
        if (step instanceof Step.BroadcastProcess) {
            return before instanceof Step.Broadcast ? 0 : 1;
        }
        return before instanceof Step.Broadcast ? graph.parallelism().get(step.id()) : 1;
    }

    /** What comes late goes to the sink of late records, if the pipeline has one. */
    private static void requireLate(Manifest manifest, Step step) {
        long late = counter(manifest, step.name(), "late");
        long expected =
                step instanceof Step.Window ? counter(manifest, LateShape.LATE_SINK, "in") : 0;
        require(late == expected, "%s counted %d late, not %d", step.name(), late, expected);
    }

    /** What the source has counted is what lies before its positions, which never go back. */
    private void checkPositions(Manifest manifest, Manifest.SourceState source) {
        int number = Integer.parseInt(source.step().substring(source.step().indexOf('-') + 1));
        List<SplitData> splits = workload.splitsOf(number);
        int found = source.enumerator() == null ? 0 : source.enumerator().bytes()[0];
        long named = source.splits().stream().map(Manifest.SplitState::id).distinct().count();
        require(named == source.splits().size(), "a split of %s is there twice", source.step());
        long before = 0;
        for (int i = 0; i < splits.size(); i++) {
            String id = splits.get(i).id();
            long position = i < found ? splits.get(i).items().size() : 0;
            for (Manifest.SplitState split : source.splits()) {
                if (split.id().equals(id)) {
                    position = position(split);
                }
            }
            long last = positions.getOrDefault(id, 0L);
            require(position >= last, "%s went back from %d to %d", id, last, position);
            positions.put(id, position);
            before += position;
        }
        long in = counter(manifest, source.step(), "in");
        require(in == before, "%s has read %d and counted %d", source.step(), before, in);
    }

    private static long position(Manifest.SplitState split) {
        return split.position() == null
                ? 0
                : new BytesIn(split.position().value().bytes()).readVarLong();
    }

    /**
     * The watermark of a key group does not go back. With sources that may be idle that holds for
     * the lowest only: what subtasks see in another order makes other watermarks, and when their
     * key groups come together, the lowest counts.
     */
    private void checkWatermarks(Manifest.StepState state) {
        String step = state.schema().step();
        List<Long> now = state.watermarks();
        List<Long> last = watermarks.put(step, now);
        for (int group = 0; last != null && group < last.size(); group++) {
            long before = idled ? Collections.min(last) : last.get(group);
            require(
                    now.get(group) >= before,
                    "the watermark of %s went back from %d to %d",
                    step,
                    before,
                    now.get(group));
        }
    }

    /** From now on sources may have been idle. */
    void idled() {
        idled = true;
    }

    private void checkVisible(Manifest manifest, TargetTable table) {
        long in = counter(manifest, table.name(), "in");
        require(table.visible() == in, "%s shows %d of %d", table.name(), table.visible(), in);
        Map<Integer, int[]> shown = workload.expected().get(table.name()).shown();
        if (shown != null) {
            long given = 0;
            for (SplitData split : workload.splits()) {
                int position = (int) (long) positions.getOrDefault(split.id(), 0L);
                given += shown.get(split.number())[position];
            }
            require(given == in, "%s shows %d, its input gave %d", table.name(), in, given);
        }
    }

    /** Nothing is left of a job that has ended but its last checkpoint, in which nothing waits. */
    void atRest(FaultyStore store, CheckpointDirectory.Stored last) throws IOException {
        for (String file : store.files()) {
            require(
                    file.equals("owner") || file.startsWith(last.directory() + "/"),
                    "%s was left behind",
                    file);
        }
        for (Manifest.StepState step : last.manifest().steps()) {
            for (FileEntry file : step.files()) {
                StateFile.GroupRange all = new StateFile.GroupRange(0, Integer.MAX_VALUE);
                StateFile.read(
                        store,
                        last.directory(),
                        file,
                        all,
                        (group, state, key, userKey, value) ->
                                requireNotWaiting(step.schema(), state));
            }
        }
    }

    /** Timers have fired, and what is kept by time was emitted or forgotten. */
    private static void requireNotWaiting(StepSchema schema, int state) {
        StateKind kind = schema.states().get(state).kind();
        boolean rule = schema.states().get(state).name().equals(Declarations.WAITING_CONTROLS);
        require(
                kind != StateKind.TIMERS && kind != StateKind.MAP && !rule,
                "%s of %s is not empty in the end",
                schema.states().get(state).name(),
                schema.step());
    }

    /** The job has ended. */
    void end(JobMetrics metrics, long recoveries) {
        tables.values().forEach(TargetTable::requireComplete);
        for (TargetTable table : tables.values()) {
            JobMetrics.StepMetrics sink = metrics.step(table.name());
            require(
                    sink.in() == table.visible() && sink.committed() == table.visible(),
                    "%s shows %d, the metrics say %s",
                    table.name(),
                    table.visible(),
                    sink);
        }
        for (int source = 0; source < workload.shape().sources(); source++) {
            long items = workload.splitsOf(source).stream().mapToLong(s -> s.items().size()).sum();
            JobMetrics.StepMetrics read = metrics.step(Workload.sourceName(source));
            require(read.in() == items, "%d were to be read, the metrics say %s", items, read);
        }
        require(
                metrics.recoveries() == recoveries,
                "%d restores, the metrics say %d",
                recoveries,
                metrics.recoveries());
    }
}
