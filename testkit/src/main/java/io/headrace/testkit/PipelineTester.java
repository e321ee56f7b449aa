package io.headrace.testkit;

import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.Lineage;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.FinishedState;
import io.headrace.engine.job.StateDirectory;
import io.headrace.engine.tasklet.Restored;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.function.Side;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Runs a pipeline under a test: on the classes of production, with all its subtasks, but without
 * threads, in time that moves only when the test says so.
 *
 * <pre>{@code
 * try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(2).start()) {
 *     tester.source("payments").split(0).record(payment).watermark(10_000);
 *
 *     tester.sink("alerts", Alert.class).expect(alert);
 * }
 * }</pre>
 *
 * <p>The sources and sinks of the pipeline are replaced, and never asked for anything but types and
 * times; an action of {@code forEach} is a sink under the name of its step. Sources are not kept
 * together in event time. All else is what a job runs: plan, chains, exchanges, state, checkpoints.
 *
 * <p>A test feeds, settles and looks, in turn; looking settles by itself. A function of the
 * pipeline that fails, or that changes a record which it was given or has emitted, fails the call
 * that settles.
 *
 * <p>Not thread-safe: the test's thread runs everything.
 */
public final class PipelineTester implements AutoCloseable {
    /** Every checkpoint is asked for. */
    private static final long NEVER_NANOS = Long.MAX_VALUE;

    /** Longer than a batch waits for company. */
    private static final long ROUND_NANOS = 2_000_000;

    /** Slices of time, all together longer than a split must be caught up to become idle. */
    private static final int IDLE_SLICES = 6;

    /** What counts at most as quiet between two polls. */
    private static final long IDLE_SLICE_NANOS = 1_000_000_000L;

    /** A batch that waits is sent in the first idle round, what it causes shows in the second. */
    private static final int IDLE_ROUNDS = 3;

    /** Millions of records: beyond it, a pipeline keeps itself busy. */
    private static final long ROUNDS_MAX = 20_000;

    private static final Lineage LINEAGE = new Lineage("00000000000000aa", "", 0);

    private final TestedGraph tested;
    private final TesterClock clock;
    private final Map<String, TestSource> sources = new HashMap<>();
    private final List<Outputs.Check<?>> checks = new ArrayList<>();
    private final Pace pace;
    private int parallelism;
    private FaultyStore store = new FaultyStore(0);
    private StateDirectory state;
    private Probe probe;

    /** Null once the input has ended and the job was started again. */
    private SteppedExecution execution;

    private JobMetrics lastMetrics;
    private boolean unsettled;
    private boolean copied;
    private boolean failed;

    /** What a tester starts with; a builder. */
    public static final class Setup {
        private final Pipeline pipeline;
        private final Map<String, Integer> splits = new HashMap<>();
        private int parallelism = 1;
        private Pace pace = Pace.FREE;
        private boolean copied;
        private Instant start = Instant.parse("2000-01-01T00:00:00Z");

        private Setup(Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        /** Sets how many subtasks a step has where the pipeline says nothing; 1 unless set. */
        public Setup parallelism(int subtasks) {
            parallelism = subtasks;
            return this;
        }

        /** Sets how many splits a source has; 1 unless set. */
        public Setup splits(String source, int count) {
            if (count < 1) {
                throw new IllegalArgumentException("source " + source + " needs a split");
            }
            splits.put(source, count);
            return this;
        }

        /** Sets the processing time of the start; the year 2000 unless set. */
        public Setup startingAt(Instant processingTime) {
            start = processingTime;
            return this;
        }

        /**
         * Runs each step on a copy of its operator's class, as a job does. Starts more slowly; no
         * result is another.
         */
        public Setup copyOperators() {
            copied = true;
            return this;
        }

        /** Sets how much is done at once. */
        Setup pace(Pace given) {
            pace = given;
            return this;
        }

        /** Starts the pipeline. */
        public PipelineTester start() {
            TestedGraph tested =
                    new TestedGraph(
                            pipeline.graph(), name -> splits.getOrDefault(name, 1), pace.pollMax());
            for (String source : splits.keySet()) {
                require("source", source, tested.sources());
            }
            PipelineTester tester =
                    new PipelineTester(tested, new TesterClock(start.toEpochMilli()), pace);
            tester.parallelism = parallelism;
            tester.copied = copied;
            tester.open();
            return tester;
        }
    }

    private PipelineTester(TestedGraph tested, TesterClock clock, Pace pace) {
        this.tested = tested;
        this.clock = clock;
        this.pace = pace;
        tested.sources()
                .forEach((name, source) -> sources.put(name, new TestSource(this, name, source)));
    }

    /** Tests a pipeline; it is not changed and may be started elsewhere as well. */
    public static Setup of(Pipeline pipeline) {
        return new Setup(pipeline);
    }

    // --- what goes in ---

    /** Returns a source by the name of its step. */
    public TestSource source(String name) {
        return require("source", name, sources);
    }

    /** Ends all sources: what is left in windows comes out, and the job finishes. */
    public void end() {
        sources.values().forEach(TestSource::end);
        settle();
    }

    /** Returns the processing time. */
    public Instant processingTime() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Lets processing time pass, and settles at each moment at which a timer is due. */
    public void advanceProcessingTime(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back, by " + duration);
        }
        settle();
        long target = clock.millis() + duration.toMillis();
        while (execution != null && probe.nextProcessingTime() <= target) {
            clock.moveTo(Math.max(clock.millis(), probe.nextProcessingTime()));
            settleNow();
        }
        clock.moveTo(target);
    }

    /** Lets the pipeline process all that was fed, until nothing moves. */
    public void settle() {
        if (failed) {
            throw new IllegalStateException(
                    "the pipeline has failed before: restart() goes on from its last checkpoint");
        }
        if (unsettled) {
            settleNow();
        }
    }

    void fed() {
        unsettled = true;
    }

    // --- what comes out ---

    /** Returns what came to a sink, or to an action, by the name of its step. */
    public Outputs<Object> sink(String name) {
        return sink(name, Object.class);
    }

    /** Returns what came to a sink, or to an action, by the name of its step. */
    public <T> Outputs<T> sink(String name, Class<T> type) {
        return new Outputs<>(this, require("sink", name, tested.sinks()), type, "sink " + name);
    }

    /** Returns what came to a side output, whether the pipeline reads it or not. */
    @SuppressWarnings("unchecked") // The raw class of the side's type.
    public <T> Outputs<T> side(Side<T> side) {
        CollectingSink sink = require("side output", side.name(), tested.sides());
        java.lang.reflect.Type type = side.type().reflected();
        Object raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        Class<T> known = raw instanceof Class<?> found ? (Class<T>) found : (Class<T>) Object.class;
        return new Outputs<>(this, sink, known, "side output " + side.name());
    }

    /** Returns the dead letters, except of steps behind the pipeline's own stream of them. */
    public Outputs<DeadLetter> deadLetters() {
        return new Outputs<>(this, tested.deadLetters(), DeadLetter.class, "dead letters");
    }

    /**
     * Returns what a step keeps for a key.
     *
     * @param name the name of the state
     * @return a value, or the result of what was aggregated, null if there is none; or a copy of a
     *     list, a map or a series, whose elements are {@code TimedValue}
     */
    public Object state(String step, Object key, String name) {
        settle();
        return running().state(step, key, name);
    }

    /**
     * Returns a copy of what a step keeps in a broadcast map, in the order in which it was put.
     *
     * @throws AssertionError if its subtasks do not agree: the function depends on more than its
     *     control records
     */
    public Map<Object, Object> broadcastState(String step, String name) {
        settle();
        return running().broadcastState(step, name);
    }

    /** Returns when a timer of a step is due for a key. */
    public OptionalLong timer(String step, Object key, String name) {
        settle();
        return running().timer(step, key, name);
    }

    /** Returns how far event time has come at a step: its lowest watermark. */
    public long watermark(String step) {
        settle();
        return running().watermark(step);
    }

    /** Returns how many records have come to a step behind its watermark since the last restart. */
    long lateInputs(String step) {
        settle();
        return running().lateInputs(step);
    }

    /** Returns the counters of all steps, over all restarts. */
    public JobMetrics metrics() {
        settle();
        return metricsNow();
    }

    /** Returns whether the input has ended and everything is done. */
    public boolean finished() {
        settle();
        return execution == null || execution.coordinator().phase() == Coordinator.Phase.FINISHED;
    }

    // --- what may happen on the way ---

    /** Settles, and takes a checkpoint: what came out so far is out for good. */
    public void checkpoint() {
        settle();
        if (finished()) {
            return;
        }
        long before = metricsNow().checkpoints();
        execution.coordinator().requestCheckpoint();
        settleNow();
        if (metricsNow().checkpoints() == before) {
            throw new AssertionError("no checkpoint was completed" + report());
        }
        tested.allSinks().forEach(CollectingSink::checkpointed);
    }

    /** Like {@link #restart(int)}, at the same parallelism. */
    public void restart() {
        restart(parallelism);
    }

    /**
     * Kills the process and starts it again: it goes on from the newest checkpoint, or from the
     * start. What came out since is undone, what was fed since is read again.
     *
     * @param newParallelism of steps for which the pipeline says nothing
     */
    public void restart(int newParallelism) {
        closeProcess();
        store = store.kill();
        tested.allSinks().forEach(CollectingSink::undo);
        checks.forEach(Outputs.Check::look);
        parallelism = newParallelism;
        failed = false;
        open();
    }

    /** Settles, and fails if a check of {@link Outputs#each} never got to see a record. */
    @Override
    public void close() {
        try {
            if (!failed) {
                settle();
                checks.forEach(Outputs.Check::requireRan);
            }
        } finally {
            closeProcess();
        }
    }

    // --- how it works ---

    private void open() {
        int keyGroups = tested.graph().settings().keyGroups();
        if (parallelism < 1 || parallelism > keyGroups) {
            throw new IllegalArgumentException(
                    "parallelism "
                            + parallelism
                            + " is not from 1 to "
                            + keyGroups
                            + " key groups");
        }
        Plan plan = Plan.of(tested.graph(), parallelism);
        try {
            state = StateDirectory.open(store, "a pipeline tester", () -> LINEAGE);
            Restored restored = state.newest().orElse(null);
            if (restored != null && restored.manifest().head().finished()) {
                lastMetrics =
                        FinishedState.settle(
                                tested.graph(),
                                restored,
                                state.lineage(),
                                state.owner(),
                                state.progress());
                return;
            }
            probe = new Probe(keyGroups);
            execution =
                    SteppedExecution.create(
                            plan,
                            state,
                            restored,
                            new SteppedExecution.Setting(
                                    clock,
                                    NEVER_NANOS,
                                    pace.limits(),
                                    copied
                                            ? OperatorClasses.ofJob(plan.functionNames())
                                            : OperatorClasses.SHARED,
                                    probe));
            execution.coordinator().recover(restored);
            unsettled = true;
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory has failed", impossible);
        }
    }

    private void closeProcess() {
        try {
            if (execution != null) {
                execution.close();
                tested.requireClosed();
            }
            execution = null;
            state.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory has failed", impossible);
        }
    }

    private void settleNow() {
        unsettled = false;
        if (execution == null) {
            return;
        }
        try {
            stepUntilQuiet();
            if (tested.hasCaughtUp()) {
                letTimePass();
                stepUntilQuiet();
            }
            probe.settled();
        } catch (StepFailure function) {
            failed = true;
            throw new AssertionError(function.getMessage(), function.getCause());
        } catch (RuntimeException | Error broken) {
            failed = true;
            throw broken;
        }
        if (execution.coordinator().phase() == Coordinator.Phase.FINISHED) {
            tested.allSinks().forEach(CollectingSink::checkpointed);
        }
        checks.forEach(Outputs.Check::look);
    }

    /** Long enough for a split that is caught up to become idle. */
    private void letTimePass() {
        for (int slice = 0; slice < IDLE_SLICES; slice++) {
            clock.pass(IDLE_SLICE_NANOS);
            for (int round = 0; round < pace.cycle(); round++) {
                stepAll(round);
            }
        }
    }

    private void stepUntilQuiet() {
        int idle = 0;
        for (long round = 0; idle < IDLE_ROUNDS * pace.cycle(); round++) {
            if (round == ROUNDS_MAX) {
                throw new AssertionError(
                        "the pipeline does not come to rest: is there a timer that sets itself to"
                                + " a time that has passed?"
                                + report());
            }
            idle = stepAll(round) ? 0 : idle + 1;
        }
    }

    /** Steps all whose turn it is once; returns whether one had something to do. */
    private boolean stepAll(long round) {
        List<Tasklet> tasklets = execution.tasklets();
        boolean worked = false;
        for (int i = 0; i < tasklets.size(); i++) {
            worked |= pace.turn(round, i) && tasklets.get(i).step();
        }
        clock.pass(ROUND_NANOS);
        return worked;
    }

    private Probe running() {
        if (execution == null) {
            throw new IllegalStateException("the job has finished, and was not started again");
        }
        return probe;
    }

    private JobMetrics metricsNow() {
        return execution == null ? lastMetrics : execution.coordinator().metrics(List.of());
    }

    /** Returns all that came elsewhere than to sinks, by place. */
    Map<String, List<Emitted<Object>>> sidesAndDeadLetters() {
        settle();
        Map<String, List<Emitted<Object>>> found = new TreeMap<>();
        tested.sides().forEach((name, sink) -> found.put("side " + name, sink.emitted()));
        found.put("dead letters", tested.deadLetters().emitted());
        return found;
    }

    void addCheck(Outputs.Check<?> check) {
        check.look();
        checks.add(check);
    }

    /** Returns what every step has done, for messages. */
    String report() {
        StringBuilder text = new StringBuilder("\nsteps so far:");
        for (JobMetrics.StepMetrics step : metricsNow().steps()) {
            text.append("\n  ").append(step.name());
            text.append(": in ").append(step.in()).append(", out ").append(step.out());
            if (step.late() > 0) {
                text.append(", late ").append(step.late());
            }
            if (step.deadLetters() > 0) {
                text.append(", dead letters ").append(step.deadLetters());
            }
        }
        return text.toString();
    }

    private static <V> V require(String kind, String name, Map<String, V> known) {
        V found = known.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the pipeline has no " + kind + " " + name + ", it has " + known.keySet());
        }
        return found;
    }
}
