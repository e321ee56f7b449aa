package io.headrace.engine.coordinator;

import io.headrace.JobMetrics;
import io.headrace.engine.tasklet.Command;
import io.headrace.engine.tasklet.Event;
import io.headrace.engine.tasklet.Execution;
import io.headrace.engine.tasklet.Mailbox;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Subtask;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.LateRecord;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.SyncFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one execution: hands out splits, takes checkpoints and commits sinks.
 *
 * <p>A checkpoint goes: barriers from the sources; every subtask answers with its part; state files
 * and manifest become durable; only then sinks commit; only then older checkpoints go. One at a
 * time. When every input has ended, a last one ends the job. This order is the whole of
 * exactly-once: before the manifest is durable nothing is visible, afterwards everything can be
 * repeated.
 *
 * <p><b>Threading.</b> Stepped by one thread, which may block on storage; what asks and what tells
 * may be called by any.
 */
public final class Coordinator implements Tasklet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    /** Where an execution is. */
    public enum Phase {
        /** It goes on. */
        RUNNING,
        /** Its input has ended and everything is committed. */
        FINISHED,
        /** It was asked to stop and everything so far is committed. */
        STOPPED
    }

    private final Execution execution;
    private final CoordinatorSettings settings;
    private final JobCounters counters;
    private final SinkCommits commits;
    private final List<SplitAssigner> assigners = new ArrayList<>();
    private final Map<Integer, SplitAssigner> assignerOfSubtask = new LinkedHashMap<>();
    private final Map<Integer, Integer> readerOfSubtask = new LinkedHashMap<>();
    private int running;
    private Checkpoint checkpoint;
    private long nextId;
    private long lastStartNanos;
    private long lastActivity = -1;
    private boolean lastFailed;
    private final AtomicInteger pins = new AtomicInteger();
    private volatile long checkpoints;
    private final AtomicLong asked = new AtomicLong();
    private long answered;
    private volatile boolean stopAsked;
    private volatile Phase phase = Phase.RUNNING;
    private volatile Completed completed;
    private volatile Map<String, Long> committed = Map.of();

    /**
     * The newest checkpoint of this execution.
     *
     * @param stored null if checkpoints are not kept
     * @param ordinal how many were completed, to tell one from the next
     * @param answered all requests up to this one were made before its barrier
     */
    public record Completed(
            CheckpointDirectory.Stored stored,
            long ordinal,
            long answered,
            long atMillis,
            long tookMillis) {}

    /**
     * Creates the coordinator; nothing is committed yet.
     *
     * @param restored what the execution started from, or null
     */
    public Coordinator(Execution execution, CoordinatorSettings settings, Restored restored) {
        this.execution = execution;
        this.settings = settings;
        Manifest manifest = restored == null ? null : restored.manifest();
        this.counters = new JobCounters(manifest);
        this.commits =
                new SinkCommits(execution.plan().graph(), settings.lineage(), settings.owner());
        this.checkpoints = counters.before(JobCounters.JOB).in;
        this.running = execution.subtasks().size();
        this.lastStartNanos = settings.clock().nanos();
        createAssigners(restored);
    }

    private void createAssigners(Restored restored) {
        for (Step step : execution.plan().graph().steps()) {
            if (step instanceof Step.Read read) {
                List<Mailbox> readers = new ArrayList<>();
                List<Integer> places = new ArrayList<>();
                for (int i = 0; i < execution.subtasks().size(); i++) {
                    if (headOf(i).id() == step.id()) {
                        readerOfSubtask.put(i, readers.size());
                        readers.add(subtask(i).mailbox());
                        places.add(i);
                    }
                }
                Manifest.SourceState saved =
                        restored == null ? null : restored.source(step.name()).orElse(null);
                SplitAssigner assigner =
                        new SplitAssigner(read, readers, saved, redrives(saved, restored));
                assigners.add(assigner);
                places.forEach(place -> assignerOfSubtask.put(place, assigner));
            }
        }
    }

    /**
     * Returns the batches of dead letters, and how many of them the source knows. Those that were
     * redriven in another lineage are not these.
     */
    private SplitAssigner.Redrives redrives(Manifest.SourceState saved, Restored restored) {
        boolean same =
                saved != null
                        && restored.manifest()
                                .head()
                                .lineage()
                                .id()
                                .equals(settings.lineage().id());
        return new SplitAssigner.Redrives(settings.redrives(), same ? saved.redriven() : 0);
    }

    private Step headOf(int index) {
        return execution
                .plan()
                .graph()
                .step(execution.subtasks().get(index).chain().steps().get(0));
    }

    private Subtask subtask(int index) {
        return execution.subtasks().get(index).subtask();
    }

    /** Fences earlier owners and commits what the restored checkpoint contains. Before any step. */
    public void recover(Restored restored) {
        commits.recover(restored == null ? null : restored.manifest());
        committed = committedCounts(counters.now(execution));
    }

    /**
     * Asks for a checkpoint of now or later, as soon as possible. Any thread.
     *
     * @return the request, for {@link Completed#answered}
     */
    public long requestCheckpoint() {
        return asked.incrementAndGet();
    }

    /** Asks for a last checkpoint as soon as possible, and then the end. Any thread. */
    public void requestStop() {
        stopAsked = true;
    }

    /**
     * Keeps all checkpoints until {@link #unpin}: what {@link #completed} shows from the next one
     * on can be copied meanwhile. Any thread.
     */
    public void pin() {
        pins.incrementAndGet();
    }

    /** Ends one {@link #pin}. Any thread. */
    public void unpin() {
        pins.decrementAndGet();
    }

    @Override
    public boolean step() {
        if (phase != Phase.RUNNING) {
            return false;
        }
        boolean worked = takeEvents();
        for (SplitAssigner assigner : assigners) {
            worked |= assigner.step(settings.clock().nanos());
        }
        saveProgress();
        try {
            if (checkpoint == null) {
                return maybeTrigger() || worked;
            }
            if (checkpoint.complete()) {
                complete(checkpoint);
                return true;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot write a checkpoint: " + failed.getMessage(), failed);
        }
        return worked;
    }

    /** Lets a later start know how much was read, also if this process is killed right now. */
    public void saveProgress() {
        if (settings.progress() != null) {
            settings.progress().set(2, recordsRead());
        }
    }

    private boolean takeEvents() {
        boolean worked = false;
        for (int i = 0; i < execution.subtasks().size(); i++) {
            Event event;
            while ((event = subtask(i).mailbox().event()) != null) {
                onEvent(i, event);
                worked = true;
            }
        }
        return worked;
    }

    private void onEvent(int index, Event event) {
        if (event instanceof Event.SplitWanted) {
            assignerOfSubtask.get(index).wanted(readerOfSubtask.get(index));
        } else if (event instanceof Event.Ended) {
            running--;
        } else if (event instanceof Event.Acknowledged acknowledged) {
            checkpoint.acknowledged(index, acknowledged.snapshot());
        }
    }

    private boolean maybeTrigger() throws IOException {
        boolean last = running == 0;
        boolean stops = stopAsked;
        long requests = asked.get();
        boolean wanted = last || stops || requests != answered;
        boolean atOnce = wanted && !lastFailed;
        if (!atOnce && !due(wanted)) {
            return false;
        }
        lastStartNanos = settings.clock().nanos();
        lastActivity = activity();
        CheckpointDirectory.Attempt attempt =
                settings.checkpoints() == null ? null : settings.checkpoints().begin();
        long id = attempt == null ? ++nextId : attempt.id();
        Checkpoint.Purpose purpose = purpose(last, stops);
        checkpoint =
                new Checkpoint(
                        execution,
                        attempt,
                        new Checkpoint.Trigger(id, lastStartNanos, purpose, requests));
        for (SplitAssigner assigner : assigners) {
            checkpoint.unassigned(assigner.step(), assigner.snapshot());
        }
        toSources(new Command.Barrier(id, purpose == Checkpoint.Purpose.STOP));
        return true;
    }

    private static Checkpoint.Purpose purpose(boolean last, boolean stops) {
        if (last) {
            return Checkpoint.Purpose.END;
        }
        return stops ? Checkpoint.Purpose.STOP : Checkpoint.Purpose.REGULAR;
    }

    /** A regular checkpoint is due after the interval, if anything has happened since. */
    private boolean due(boolean wanted) {
        return settings.checkpoints() != null
                && settings.clock().nanos() - lastStartNanos >= settings.intervalNanos()
                && (wanted || activity() != lastActivity);
    }

    private void toSources(Command command) {
        assignerOfSubtask.keySet().forEach(index -> subtask(index).mailbox().command(command));
    }

    /** Every part has come: makes the checkpoint durable, then visible. */
    private void complete(Checkpoint taken) throws IOException {
        checkpoint = null;
        taken.sealed(commits);
        Map<String, Counters> counted = taken.counters(counters);
        CheckpointDirectory.Stored stored = null;
        if (taken.attempt() != null) {
            Optional<CheckpointDirectory.Stored> durable = store(taken, counted);
            if (durable.isEmpty()) {
                return; // What sinks sealed goes into the next one.
            }
            stored = durable.get();
        }
        Checkpoint.Trigger trigger = taken.trigger();
        boolean ends = trigger.purpose() != Checkpoint.Purpose.REGULAR;
        if (taken.attempt() != null || ends) {
            commits.commitNext();
            committed = committedCounts(counted);
        }
        List<LateRecord> late = taken.lateRecords();
        if (!late.isEmpty()) {
            settings.lateRecords().accept(late);
        }
        toSources(new Command.Committed(taken.trigger().id()));
        if (stored != null && pins.get() == 0) {
            settings.checkpoints().retire(stored.id());
        }
        answered = trigger.requests();
        long tookMillis = (settings.clock().nanos() - trigger.startNanos()) / 1_000_000;
        completed =
                new Completed(
                        stored, trigger.id(), answered, settings.clock().millis(), tookMillis);
        if (ends) {
            boolean finished = trigger.purpose() == Checkpoint.Purpose.END;
            phase = finished ? Phase.FINISHED : Phase.STOPPED;
        }
    }

    /** Writes a checkpoint. Returns nothing if there was no room: the older one stays valid. */
    private Optional<CheckpointDirectory.Stored> store(
            Checkpoint taken, Map<String, Counters> counted) throws IOException {
        try {
            Counters job = new Counters();
            job.in = checkpoints + 1;
            Map<String, Map<String, Long>> values = new LinkedHashMap<>();
            counted.forEach((step, counts) -> values.put(step, JobCounters.write(counts)));
            values.put(JobCounters.JOB, JobCounters.write(job));
            Manifest.Head head =
                    new Manifest.Head(
                            execution.plan().graph().name(),
                            settings.lineage(),
                            taken.trigger().id(),
                            execution.plan().graph().settings().keyGroups(),
                            taken.trigger().purpose() == Checkpoint.Purpose.END,
                            settings.fingerprint());
            Manifest manifest =
                    new Manifest(
                            head,
                            taken.writeStates(),
                            taken.sources(assigners),
                            commits.next(),
                            values);
            CheckpointDirectory.Stored stored = taken.attempt().publish(manifest);
            checkpoints++;
            lastFailed = false;
            return Optional.of(stored);
        } catch (SyncFailedException fatal) {
            throw fatal; // Nothing is known about what was written: only a new process may go on.
        } catch (IOException failed) {
            LOG.warn(
                    "checkpoint {} failed and is given up, the one before stays valid: {}",
                    taken.trigger().id(),
                    failed.toString());
            taken.attempt().abort();
            lastFailed = true;
            return Optional.empty();
        }
    }

    private Map<String, Long> committedCounts(Map<String, Counters> counted) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Step step : execution.plan().graph().steps()) {
            if (step instanceof Step.Write || step instanceof Step.ForEach) {
                counts.put(step.name(), counted.get(step.name()).in);
            }
        }
        return counts;
    }

    private long activity() {
        return counters.now(execution).values().stream()
                .mapToLong(counts -> counts.in + counts.out)
                .sum();
    }

    /** Returns how many records all sources have read over the life of the state. */
    public long recordsRead() {
        long read = 0;
        for (int index : assignerOfSubtask.keySet()) {
            read += subtask(index).metrics().of(0).in;
        }
        for (SplitAssigner assigner : assigners) {
            read += counters.before(assigner.step()).in;
        }
        return read;
    }

    /** Returns where the execution is. */
    public Phase phase() {
        return phase;
    }

    /** Returns the newest checkpoint of this execution, or null. */
    public Completed completed() {
        return completed;
    }

    /** Returns what the job has done, as far as it is known now. */
    public JobMetrics metrics(List<String> failures) {
        Completed newest = completed;
        Map<String, Counters> now = counters.now(execution);
        List<JobMetrics.StepMetrics> steps = new ArrayList<>();
        for (Step step : execution.plan().graph().steps()) {
            steps.add(
                    StepReport.of(
                            step,
                            now.get(step.name()),
                            committed.getOrDefault(step.name(), 0L),
                            StepReport.Load.of(execution, step)));
        }
        return new JobMetrics(
                steps,
                checkpoints,
                newest == null ? -1 : settings.clock().millis() - newest.atMillis(),
                newest == null ? 0 : newest.tookMillis(),
                settings.progress() == null ? 0 : settings.progress().get(0),
                settings.progress() == null ? 0 : settings.progress().get(1),
                execution.sources().stream().mapToLong(s -> s.watermark()).min().orElse(0),
                execution.sources().stream().mapToLong(s -> s.maxTimestamp()).max().orElse(0),
                failures);
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (SplitAssigner assigner : assigners) {
            try {
                assigner.close();
            } catch (RuntimeException failed) {
                first = first == null ? failed : first;
            }
        }
        commits.close();
        if (first != null) {
            throw first;
        }
    }
}
