package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Job;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.TimeWindows;
import io.headrace.Windows;
import io.headrace.function.Aggregator;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.AggregatingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A step that keeps its name but means something else must not go on with its old state. */
@Timeout(120)
class ChangedShapeTest {
    private static final int RECORDS = 400;
    private static final int READ_BEFORE = 200;

    @TempDir Path directory;

    /** What stands behind keyBy. */
    private interface Steps extends Function<KeyedStream<String, Event>, DataStream<String>> {}

    /** Sets a timer of one clock or the other. */
    static final class Alarm extends ProcessFunction<String, Event, String> {
        private final Timer alarm;

        Alarm(boolean eventTime) {
            alarm = eventTime ? eventTimeTimer("alarm") : processingTimeTimer("alarm");
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            alarm.set(Long.MAX_VALUE / 2);
        }
    }

    /** Keeps an extreme, which is stored the same way whichever it is. */
    static final class Extreme extends ProcessFunction<String, Event, String> {
        private final AggregatingState<Event, String> extreme;

        Extreme(Aggregator<Event, ?, String> aggregator) {
            extreme = aggregatingState("extreme", aggregator);
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            extreme.add(event);
        }
    }

    /** Counts the records of each key; a key comes every 3 ms. */
    static final class Counts extends ProcessFunction<String, Event, String> {
        private final ValueState<Integer> count = valueState("count", Integer.class);

        Counts(TimeDomain clock, Duration timeToLive) {
            if (clock != null) {
                expireAfter(timeToLive, clock);
            }
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            out.emit(event.value() + " " + count.get());
        }
    }

    private static Steps counts(TimeDomain clock, Duration timeToLive) {
        return keyed -> keyed.process("step", () -> new Counts(clock, timeToLive));
    }

    private static Pipeline pipeline(int visible, Steps steps, Queue<String> lines) {
        List<Event> events =
                LongStream.range(0, RECORDS).mapToObj(i -> new Event("k" + i % 3, i, i)).toList();
        Pipeline pipeline = Pipeline.create("shapes");
        ListSource source = ListSource.bounded(Duration.ZERO, List.of(events)).visible(visible);
        steps.apply(pipeline.readFrom(source).keyBy(Event::key, Type.of(String.class)))
                .forEach(lines::add);
        return pipeline;
    }

    private static Steps window(TimeWindows windows, Duration lateness) {
        return keyed ->
                keyed.window(windows)
                        .allowedLateness(lateness)
                        .aggregate(
                                "step",
                                Aggregates.sumLong(Event::value),
                                (key, window, sum) -> key + " " + window.startMillis() + " " + sum);
    }

    private static Steps lookBack(int... widths) {
        Duration[] durations =
                IntStream.of(widths).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
        return keyed ->
                keyed.lookBack(durations)
                        .ordered()
                        .aggregate(
                                "step",
                                Aggregates.sumLong(Event::value),
                                (event, sums) -> event.value() + " " + sums);
    }

    private static Steps extreme(Aggregator<Event, ?, String> aggregator) {
        return keyed ->
                keyed.window(Windows.tumbling(Duration.ofHours(1)))
                        .aggregate("step", aggregator, (key, window, found) -> found);
    }

    private static Steps alarm(boolean eventTime) {
        return keyed -> keyed.process("step", () -> new Alarm(eventTime));
    }

    private void keepState(Steps steps) throws InterruptedException {
        Pipeline pipeline = pipeline(READ_BEFORE, steps, new ConcurrentLinkedQueue<>());
        try (Job job = EmbeddedRunner.with(directory).start(pipeline)) {
            Wait.until("records", () -> job.metrics().step("step").in() == READ_BEFORE);
            job.stop();
        }
    }

    private void assertRefused(Steps steps, String conflict) {
        Pipeline pipeline = pipeline(RECORDS, steps, new ConcurrentLinkedQueue<>());

        assertThatThrownBy(() -> EmbeddedRunner.with(directory).start(pipeline).close())
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("step step: " + conflict + " now")
                .hasMessageContaining("give the step another name");
    }

    private static Queue<String> run(EmbeddedRunner runner, Steps steps)
            throws InterruptedException {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (Job job = runner.start(pipeline(RECORDS, steps, lines))) {
            job.await();
        }
        return lines;
    }

    @Test
    void refusesWindowsOfAnotherSizeOrOffset() throws Exception {
        TimeWindows seconds = Windows.tumbling(Duration.ofSeconds(1));
        keepState(window(seconds, Duration.ZERO));

        assertRefused(
                window(Windows.tumbling(Duration.ofMillis(500)), Duration.ZERO),
                "size was PT1S and is PT0.5S");
        assertRefused(
                window(seconds.offset(Duration.ofMillis(1)), Duration.ZERO),
                "offset was PT0S and is PT0.001S");
    }

    @Test
    void refusesMoreLatenessBecauseWindowsThatAreGoneWouldFireAgainWithoutTheirRecords()
            throws Exception {
        TimeWindows windows = Windows.tumbling(Duration.ofMillis(50));
        keepState(window(windows, Duration.ofMillis(10)));

        assertRefused(
                window(windows, Duration.ofMillis(11)),
                "allowedLateness was PT0.01S and is PT0.011S");
    }

    @Test
    void goesOnWithLessLateness() throws Exception {
        TimeWindows windows = Windows.tumbling(Duration.ofMillis(50));
        keepState(window(windows, Duration.ofMillis(100)));
        Steps without = window(windows, Duration.ZERO);

        Queue<String> lines = run(EmbeddedRunner.with(directory), without);

        assertThat(run(EmbeddedRunner.inMemory(), without))
                .containsAll(lines)
                .hasSizeLessThan(2 * lines.size());
    }

    @Test
    void refusesToLookBackFartherThanTheStateDoes() throws Exception {
        keepState(lookBack(20, 50));

        assertRefused(lookBack(20, 51), "farthest was PT0.05S and is PT0.051S");
    }

    @Test
    void goesOnWithOtherWidthsThatTheStateCovers() throws Exception {
        keepState(lookBack(20, 50));
        Steps other = lookBack(40, 10, 3);

        Queue<String> lines = run(EmbeddedRunner.with(directory), other);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(RECORDS - READ_BEFORE);
        assertThat(run(EmbeddedRunner.inMemory(), other)).containsAll(lines);
    }

    @Test
    void refusesAnotherOrderOfEvaluation() throws Exception {
        keepState(lookBack(20));
        Steps eager =
                keyed ->
                        keyed.lookBack(Duration.ofMillis(20))
                                .eager()
                                .aggregate(
                                        "step",
                                        Aggregates.sumLong(Event::value),
                                        (event, sums) -> "");

        assertRefused(eager, "evaluation was ordered and is eager");
    }

    @Test
    void refusesAnotherAggregateWithTheSameAccumulator() throws Exception {
        keepState(extreme(Aggregates.min(Event::key, Type.of(String.class))));

        assertRefused(
                extreme(Aggregates.max(Event::key, Type.of(String.class))),
                "aggregate was min and is max");
    }

    @Test
    void refusesAnotherAggregateInAState() throws Exception {
        Type<String> text = Type.of(String.class);
        keepState(
                keyed ->
                        keyed.process("step", () -> new Extreme(Aggregates.min(Event::key, text))));

        assertRefused(
                keyed -> keyed.process("step", () -> new Extreme(Aggregates.max(Event::key, text))),
                "aggregate extreme was min and is max");
    }

    @Test
    void goesOnWithAShorterTimeToLiveForWhatIsThereToo() throws Exception {
        keepState(counts(TimeDomain.EVENT_TIME, Duration.ofHours(1)));

        Queue<String> lines =
                run(
                        EmbeddedRunner.with(directory),
                        counts(TimeDomain.EVENT_TIME, Duration.ofMillis(3)));

        assertThat(lines).hasSize(RECORDS - READ_BEFORE).allMatch(line -> line.endsWith(" 1"));
    }

    @Test
    void goesOnWithALongerTimeToLiveForWhatIsThereToo() throws Exception {
        keepState(counts(TimeDomain.EVENT_TIME, Duration.ofMillis(3)));

        Queue<String> lines =
                run(
                        EmbeddedRunner.with(directory),
                        counts(TimeDomain.EVENT_TIME, Duration.ofHours(1)));

        assertThat(lines).contains("200 2", "201 2", "202 2", "203 3");
    }

    @Test
    void goesOnWithoutATimeToLive() throws Exception {
        keepState(counts(TimeDomain.EVENT_TIME, Duration.ofHours(1)));

        Queue<String> without = run(EmbeddedRunner.with(directory), counts(null, null));

        assertThat(without).contains("200 67", "399 134");
    }

    @Test
    void refusesATimeToLiveOnTheOtherClock() throws Exception {
        keepState(counts(TimeDomain.EVENT_TIME, Duration.ofHours(1)));

        assertRefused(
                counts(TimeDomain.PROCESSING_TIME, Duration.ofHours(1)),
                "timer time to live was event time and is processing time");
    }

    @Test
    void refusesATimerThatFollowsTheOtherClock() throws Exception {
        keepState(alarm(true));

        assertRefused(alarm(false), "timer alarm was event time and is processing time");
    }

    /** As {@link Alarm}, with two inputs. */
    static final class AlarmOfTwo extends CoProcessFunction<String, Event, Event, String> {
        private final Timer alarm;

        AlarmOfTwo(boolean eventTime) {
            alarm = eventTime ? eventTimeTimer("alarm") : processingTimeTimer("alarm");
        }

        @Override
        public void processFirst(Event event, Context<String> context, Output<String> out) {
            alarm.set(Long.MAX_VALUE / 2);
        }

        @Override
        public void processSecond(Event event, Context<String> context, Output<String> out) {}
    }

    private static Steps alarmOfTwo(boolean eventTime) {
        return keyed ->
                keyed.connect(keyed.filter(event -> false))
                        .process("step", () -> new AlarmOfTwo(eventTime));
    }

    @Test
    void refusesAnotherClockOfATimerOfTwoInputs() throws Exception {
        keepState(alarmOfTwo(true));

        assertRefused(alarmOfTwo(false), "timer alarm was event time and is processing time");
    }
}
