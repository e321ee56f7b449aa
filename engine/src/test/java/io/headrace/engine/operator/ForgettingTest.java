package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Overflow;
import io.headrace.Pipeline;
import io.headrace.Triggers;
import io.headrace.Windows;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.TimeWindow;
import io.headrace.state.ListState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.type.Type;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A million keys go through each step that has state; when time has passed, nothing is left. */
class ForgettingTest {
    private static final int KEYS = 1_000_000;

    /** Records have times in [0, SPAN). */
    private static final long SPAN = 50;

    /** Behind it nothing has a reason to be kept. */
    private static final long OVER = 10_000;

    /** The least that a key takes: its entry in the table. */
    private static final long KEY_BYTES_MIN = 30;

    /** These have a reason until the input ends. */
    private static final Set<String> KEPT_TO_THE_END = Set.of("global window", "window of a count");

    private static final Duration WIDTH = Duration.ofMillis(100);

    static Stream<Arguments> steps() {
        return Stream.of(
                step("tumbling window", keyed -> counted(keyed, Windows.tumbling(WIDTH))),
                step(
                        "window with lateness",
                        keyed ->
                                keyed.window(Windows.tumbling(WIDTH))
                                        .allowedLateness(Duration.ofSeconds(1))
                                        .aggregate("step", Aggregates.count())),
                step(
                        "window with a trigger",
                        keyed ->
                                keyed.window(Windows.tumbling(WIDTH))
                                        .trigger(
                                                Triggers.afterWatermark()
                                                        .early(Triggers.everyRecords(2)))
                                        .aggregate("step", Aggregates.count())),
                step(
                        "hopping window",
                        keyed -> counted(keyed, Windows.hopping(WIDTH, Duration.ofMillis(20)))),
                step("session window", keyed -> counted(keyed, Windows.session(WIDTH))),
                step(
                        "window that keeps its records",
                        keyed ->
                                keyed.window(Windows.tumbling(WIDTH))
                                        .process(
                                                "step",
                                                (String key,
                                                        TimeWindow window,
                                                        List<Event> records,
                                                        Output<Integer> out) ->
                                                        out.emit(records.size()))),
                step("global window", keyed -> counted(keyed, Windows.global())),
                step("window of a count", keyed -> counted(keyed, Windows.count(3))),
                step(
                        "look-back",
                        keyed ->
                                keyed.lookBack(WIDTH)
                                        .aggregate(
                                                "step",
                                                Aggregates.count(),
                                                (record, counts) -> counts.get(0))),
                step("sort by time", keyed -> keyed.sortByTime("step", 3, Overflow.FAIL)),
                step("de-duplication", keyed -> keyed.deduplicate("step", Event::value, WIDTH)),
                step(
                        "connected streams",
                        keyed -> keyed.connect(keyed).process("step", Matching::new)),
                step("process with timers", keyed -> keyed.process("step", Closing::new)),
                step("process that expires", keyed -> keyed.process("step", Expiring::new)));
    }

    private static Arguments step(
            String name, Function<KeyedStream<String, Event>, KeyedStream<String, ?>> step) {
        return Arguments.of(name, step);
    }

    private static KeyedStream<String, Long> counted(
            KeyedStream<String, Event> keyed, Windows windows) {
        return keyed.window(windows).aggregate("step", Aggregates.count());
    }

    /** Keeps values until a timer says that the key is done. */
    static final class Closing extends ProcessFunction<String, Event, String> {
        private final ListState<Long> values = listState("values", Long.class);
        private final Timer done = eventTimeTimer("done");

        @Override
        public void process(Event record, Context<String> context, Output<String> out) {
            values.add(record.value());
            done.set(context.timestamp() + 100);
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            values.clear();
        }
    }

    /** Keeps values of the first input until the time for the second is over. */
    static final class Matching extends CoProcessFunction<String, Event, Event, String> {
        private final ListState<Long> open = listState("open", Long.class);
        private final Timer over = eventTimeTimer("over");

        @Override
        public void processFirst(Event record, Context<String> context, Output<String> out) {
            open.add(record.value());
            over.set(context.timestamp() + 100);
        }

        @Override
        public void processSecond(Event record, Context<String> context, Output<String> out) {
            open.clear();
            over.clear();
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            open.clear();
        }
    }

    /** Keeps values of keys until none has come for 100 ms. */
    static final class Expiring extends ProcessFunction<String, Event, String> {
        private final ListState<Long> values = listState("values", Long.class);

        Expiring() {
            expireAfter(WIDTH, TimeDomain.EVENT_TIME);
        }

        @Override
        public void process(Event record, Context<String> context, Output<String> out) {
            values.add(record.value());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void leavesNothingOfAMillionKeys(
            String name, Function<KeyedStream<String, Event>, DataStream<?>> step) {
        Pipeline pipeline = Pipeline.create("forgetting");
        KeyedStream<String, Event> keyed =
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class));
        OperatorHost host = new OperatorHost(pipeline, step.apply(keyed), "step");
        long emptyBytes = liveBytes();

        for (int i = 0; i < KEYS; i++) {
            host.record("k" + i, i % SPAN, i);
        }
        host.forget();
        long filled = host.keys();
        long filledBytes = liveBytes() - emptyBytes;
        for (long watermark = SPAN; watermark <= OVER; watermark += 10) {
            host.watermark(watermark);
        }
        if (KEPT_TO_THE_END.contains(name)) {
            host.end();
        }
        host.forget();

        assertThat(filled).isEqualTo(KEYS);
        assertThat(filledBytes).isGreaterThan(KEYS * KEY_BYTES_MIN);
        assertThat(host.keys()).isZero();
        assertThat(liveBytes()).isLessThan(emptyBytes * 6 / 5);
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
