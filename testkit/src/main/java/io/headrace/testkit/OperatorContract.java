package io.headrace.testkit;

import io.headrace.DataStream;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import io.headrace.connector.DeadLetter;
import io.headrace.function.Fn;
import io.headrace.function.ToLongFn;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What every operator must do, whatever it computes: give the same however it is interrupted.
 *
 * <p>A contract is a step and a story of what comes to it. The story is told in four ways, each on
 * the classes of production:
 *
 * <ul>
 *   <li>plainly, at parallelism 1: this is what the others are compared with;
 *   <li>to a chain whose exchanges are full after every record and every key, at parallelism 1, 2
 *       and 3: what a full exchange holds back is neither lost nor repeated nor overtaken;
 *   <li>with a snapshot and a restore each time the input is empty, at the same parallelism, and at
 *       another one each time with full exchanges;
 *   <li>with a crash each time the input is empty and a snapshot every third time only: what is
 *       read again gives the same again.
 * </ul>
 *
 * <p>All must give the same records with the same times, late records, dead letters, and counters.
 * Time must come through: when the story has moved the watermark, the step behind has it, and no
 * record comes to that one behind its watermark unless the story says so. In the end every reader
 * and writer was closed once.
 *
 * @param <T> what comes in
 * @param <R> what goes out
 */
public final class OperatorContract<T, R> {
    private static final String SOURCE = "in";

    private final FedSource<T> source;
    private final Function<DataStream<T>, DataStream<R>> step;
    private final List<Event> story = new ArrayList<>();
    private Fn<? super R, ?> key = record -> "all";
    private boolean late;
    private boolean clocked;

    /** What happens, and the watermark from then on. */
    private record Event(Consumer<PipelineTester> action, long watermark) {}

    /** What a telling gave. */
    private record Result(List<String> outputs, String counters) {}

    /** How a telling is interrupted. */
    private enum Interruption {
        NONE,
        RESTORE,
        CRASH
    }

    private OperatorContract(FedSource<T> source, Function<DataStream<T>, DataStream<R>> step) {
        this.source = source;
        this.step = step;
    }

    /**
     * Begins a contract.
     *
     * @param type what comes in
     * @param time the time of a record
     * @param step adds the step, and what must stand before it, to a stream
     */
    public static <T, R> OperatorContract<T, R> of(
            Class<T> type, ToLongFn<? super T> time, Function<DataStream<T>, DataStream<R>> step) {
        return new OperatorContract<>(FedSource.of(SOURCE, type).eventTimeMillis(time), step);
    }

    /** Says within what the records that go out are in order; within all if the step has no key. */
    public OperatorContract<T, R> orderedBy(Fn<? super R, ?> keyOfOutput) {
        key = keyOfOutput;
        return this;
    }

    /** Says that records may go out behind the watermark, because late ones come in or count. */
    public OperatorContract<T, R> mayBeLate() {
        late = true;
        return this;
    }

    /** A record comes. */
    public OperatorContract<T, R> record(T value) {
        return then(tester -> tester.source(SOURCE).split(0).record(value));
    }

    /** Input comes that is no record. */
    public OperatorContract<T, R> unreadable(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return then(tester -> tester.source(SOURCE).split(0).unreadable("1", "unreadable", raw));
    }

    /** The watermark rises. */
    public OperatorContract<T, R> watermark(long millis) {
        story.add(new Event(tester -> tester.source(SOURCE).watermark(millis), millis));
        return this;
    }

    /** Processing time passes. What is read again would be read later, so there is no crash. */
    public OperatorContract<T, R> processingTime(Duration duration) {
        clocked = true;
        return then(tester -> tester.advanceProcessingTime(duration));
    }

    private long watermark() {
        return story.isEmpty() ? Long.MIN_VALUE : story.get(story.size() - 1).watermark();
    }

    private OperatorContract<T, R> then(Consumer<PipelineTester> action) {
        story.add(new Event(action, watermark()));
        return this;
    }

    /** Returns the steps that the story is told to. */
    public Graph graph() {
        return new TestedGraph(pipeline().graph(), source -> 1, 1).graph();
    }

    private Pipeline pipeline() {
        Pipeline pipeline = Pipeline.create("contract");
        DataStream<R> out = step.apply(pipeline.readFrom(source));
        // An exchange, so that the step has something to wait for; it keeps the order of a key.
        out.keyBy(record -> String.valueOf(key.apply(record)), Type.of(String.class))
                .parallelism(2)
                .forEach(record -> {});
        return pipeline;
    }

    /**
     * Tells the story in all ways.
     *
     * @throws AssertionError if one gives something else; says which and what
     */
    public void verify() {
        Result plain = tell("plainly", Pace.FREE, Interruption.NONE, 1);
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            String way = "to full exchanges at parallelism " + parallelism;
            compare(way, plain, tell(way, Pace.REFUSING, Interruption.NONE, parallelism));
        }
        compareInterrupted(plain, "restored after each", Pace.FREE, Interruption.RESTORE, 1);
        compareInterrupted(plain, "restored and rescaled", Pace.REFUSING, Interruption.RESTORE, 3);
        if (!clocked) {
            compareInterrupted(plain, "crashed after each", Pace.FREE, Interruption.CRASH, 1);
            compareInterrupted(plain, "crashed and rescaled", Pace.REFUSING, Interruption.CRASH, 3);
        }
    }

    private void compareInterrupted(
            Result plain, String way, Pace pace, Interruption interruption, int parallelism) {
        compare(way, plain, tell(way, pace, interruption, parallelism));
    }

    private static void compare(String way, Result plain, Result told) {
        if (!told.outputs().equals(plain.outputs())) {
            throw new AssertionError(
                    way + ":\nexpected " + plain.outputs() + "\ncame     " + told.outputs());
        }
        if (!told.counters().equals(plain.counters())) {
            throw new AssertionError(
                    way + ":\nexpected " + plain.counters() + "\ncounted  " + told.counters());
        }
    }

    /** The rescaled ways go through parallelism 1 to the given one, again and again. */
    private Result tell(String way, Pace pace, Interruption interruption, int parallelism) {
        Pipeline pipeline = pipeline();
        boolean interrupted = interruption != Interruption.NONE;
        PipelineTester.Setup setup = PipelineTester.of(pipeline).pace(pace);
        try (PipelineTester tester = setup.parallelism(interrupted ? 1 : parallelism).start()) {
            int at = 0;
            for (Event event : story) {
                event.action().accept(tester);
                at++;
                if (interrupted) {
                    requireTime(way, event.watermark(), sink(pipeline), tester);
                    if (interruption == Interruption.RESTORE || at % 3 == 0) {
                        tester.checkpoint();
                    }
                    tester.restart(1 + at % parallelism);
                }
            }
            requireTime(way, watermark(), sink(pipeline), tester);
            tester.end();
            if (!tester.finished()) {
                throw new AssertionError(way + ": the end did not come through");
            }
            return result(pipeline, tester);
        }
    }

    private void requireTime(String way, long sent, String sink, PipelineTester tester) {
        long came = tester.watermark(sink);
        if (sent != came) {
            throw new AssertionError(
                    way + ": the watermark is " + sent + ", behind the step it is " + came);
        }
        if (!late && tester.lateInputs(sink) > 0) {
            throw new AssertionError(
                    way + ": " + tester.lateInputs(sink) + " records came behind the watermark");
        }
    }

    private static String sink(Pipeline pipeline) {
        List<Step> steps = pipeline.graph().steps();
        return steps.get(steps.size() - 1).name();
    }

    @SuppressWarnings("unchecked") // What comes to the sink has gone out of the step.
    private Result result(Pipeline pipeline, PipelineTester tester) {
        TreeMap<String, List<String>> byKey = new TreeMap<>();
        for (Emitted<Object> record : tester.sink(sink(pipeline)).emitted()) {
            String place = placeOf((R) record.value());
            byKey.computeIfAbsent(place, first -> new ArrayList<>()).add(shown(record));
        }
        List<String> outputs = new ArrayList<>();
        byKey.forEach((place, records) -> outputs.add(place + ": " + records));
        tester.sidesAndDeadLetters()
                .forEach(
                        (place, records) ->
                                outputs.add(
                                        place
                                                + ": "
                                                + records.stream()
                                                        .map(OperatorContract::shown)
                                                        .sorted(Comparator.naturalOrder())
                                                        .toList()));
        StringBuilder counters = new StringBuilder();
        for (JobMetrics.StepMetrics counted : tester.metrics().steps()) {
            counters.append(counted.name()).append(" in ").append(counted.in());
            counters.append(" out ").append(counted.out()).append(" late ").append(counted.late());
            counters.append(" dead ").append(counted.deadLetters());
            counters.append(' ').append(new TreeMap<>(counted.extra())).append("; ");
        }
        return new Result(outputs, counters.toString());
    }

    private String placeOf(R record) {
        try {
            return String.valueOf(key.apply(record));
        } catch (Exception failed) {
            throw new AssertionError("no key of " + record + ": " + failed, failed);
        }
    }

    private static String shown(Emitted<Object> record) {
        if (record.value() instanceof DeadLetter letter) {
            String raw = new String(letter.raw(), StandardCharsets.UTF_8);
            return letter.step() + " " + letter.position() + " " + letter.reason() + " " + raw;
        }
        return record.value() + " @ " + record.timestampMillis();
    }
}
