package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Overflow;
import io.headrace.Triggers;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.function.ForEachOperator;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.function.WindowOperator;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.state.AggregatingState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorContractTest {
    private static final Side<Reading> LATE = Side.of("late", Reading.class);
    private static final Duration LATENESS = Duration.ofMillis(60);
    private static final Side<String> ODD = Side.of("odd", String.class);

    record Reading(String key, long time, long value) {}

    /** Uses each kind of state and of timer, and a side output. */
    static final class Everything extends ProcessFunction<String, Reading, String> {
        private final ValueState<Long> sum = valueState("sum", Long.class);
        private final ListState<Long> values = listState("values", Long.class);
        private final MapState<Long, Integer> counts =
                mapState("counts", Long.class, Integer.class);
        private final ReducingState<Long> largest = reducingState("largest", Long.class, Math::max);
        private final AggregatingState<Reading, Double> average =
                aggregatingState("average", Aggregates.averageLong(Reading::value));
        private final TimeSeries<Long> series = timeSeries("series", Long.class);
        private final Timer minute = eventTimeTimer("minute");
        private final Timer pause = processingTimeTimer("pause");
        private final Side<String> odd = sideOutput(ODD);

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            sum.set((sum.get() == null ? 0 : sum.get()) + reading.value());
            values.add(reading.value());
            Integer count = counts.get(reading.value());
            counts.put(reading.value(), count == null ? 1 : count + 1);
            largest.add(reading.value());
            average.add(reading);
            series.add(reading.time(), reading.value());
            minute.set(Math.floorDiv(reading.time(), 60) * 60 + 60);
            pause.set(context.processingTime() + 10);
            out.emit(context.key() + " " + sum.get() + " " + counts.get(reading.value()));
            if (reading.value() % 2 == 1) {
                context.emit(odd, context.key() + " " + reading.value());
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(context.key() + " " + timer + " " + values.size());
            out.emit(context.key() + " " + timer + " " + largest.get() + " " + average.get());
            out.emit(context.key() + " " + timer + " " + series.range(0, context.timestamp()));
            if (timer.equals("minute")) {
                values.clear();
                largest.clear();
                average.clear();
                series.removeBefore(context.timestamp());
            } else if (sum.get() != null) {
                sum.clear();
                pause.set(context.processingTime() + 5);
            }
        }
    }

    /** Counts each input, and tells both counts of each minute when it is over. */
    static final class Both extends CoProcessFunction<String, Reading, Reading, String> {
        private final MapState<Long, Integer> first = mapState("first", Long.class, Integer.class);
        private final MapState<Long, Integer> second =
                mapState("second", Long.class, Integer.class);
        private final Timer minute = eventTimeTimer("minute");

        @Override
        public void processFirst(Reading reading, Context<String> context, Output<String> out) {
            count(first, reading);
            out.emit(context.key() + "-first " + reading);
        }

        @Override
        public void processSecond(Reading reading, Context<String> context, Output<String> out) {
            count(second, reading);
            out.emit(context.key() + "-second " + reading);
        }

        private void count(MapState<Long, Integer> counts, Reading reading) {
            long end = Math.floorDiv(reading.time(), 60) * 60 + 60;
            Integer count = counts.get(end);
            counts.put(end, count == null ? 1 : count + 1);
            if (minute.time().isEmpty() || minute.time().getAsLong() > end) {
                minute.set(end);
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            String counts = first.get(time) + "/" + second.get(time);
            out.emit(context.key() + "-" + timer + " " + counts);
            first.remove(time);
            second.remove(time);
            if (!first.isEmpty() || !second.isEmpty()) {
                minute.set(time + 60);
            }
        }
    }

    /**
     * Emits each record with the sum of the rules of its time, and counts at the end of minutes.
     */
    static final class Ruled extends BroadcastProcessFunction<String, Reading, Reading, String> {
        private final MapState<String, Long> rules =
                broadcastState("rules", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);
        private final Timer minute = eventTimeTimer("minute");

        @Override
        public void processControl(Reading rule, ControlContext context) {
            Long before = rules.get("sum");
            rules.put("sum", (before == null ? 0 : before) + rule.value());
        }

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            minute.set(Math.floorDiv(reading.time(), 60) * 60 + 60);
            out.emit(context.key() + " " + reading.value() + " under " + rules.get("sum"));
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            out.emit(context.key() + " " + count.get() + " under " + rules.get("sum"));
        }
    }

    /** Forgets keys by one clock or the other. */
    static final class Expiring extends ProcessFunction<String, Reading, String> {
        private final ReducingState<Long> sum = reducingState("sum", Long.class, Long::sum);
        private final Timer timer = eventTimeTimer("timer");

        Expiring(Duration timeToLive, TimeDomain clock) {
            expireAfter(timeToLive, clock);
        }

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            sum.add(reading.value());
            timer.set(context.timestamp() + 15);
            out.emit(context.key() + " " + sum.get());
        }

        @Override
        public void onTimer(String name, long time, Context<String> context, Output<String> out) {
            out.emit(context.key() + " timer " + sum.get());
        }

        @Override
        public void onExpiry(Context<String> context, Output<String> out) {
            out.emit(context.key() + " expired " + sum.get());
            out.emit(context.key() + " expired");
        }
    }

    /** Keeps what it should declare. */
    static final class Forgetful extends ProcessFunction<String, Reading, String> {
        private long seen;

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            out.emit(context.key() + " " + ++seen);
        }
    }

    private static <R> OperatorContract<Reading, R> contract(
            Function<DataStream<Reading>, DataStream<R>> step) {
        return OperatorContract.of(Reading.class, Reading::time, step);
    }

    private static <R> OperatorContract<Reading, R> keyed(
            Function<KeyedStream<String, Reading>, DataStream<R>> step) {
        return contract(readings -> step.apply(readings.keyBy(Reading::key)));
    }

    /** Ten keys, three minutes, disorder, ties, gaps, late records and input without a key. */
    private static <R> OperatorContract<Reading, R> story(OperatorContract<Reading, R> contract) {
        inTime(contract);
        contract.record(new Reading(null, 150, 1)).unreadable("?");
        contract.record(new Reading("k1", 119, 100)).record(new Reading("k1", 7, 101));
        return contract.watermark(240).record(new Reading("k2", 300, 102)).watermark(1_000);
    }

    private static <R> OperatorContract<Reading, R> inTime(OperatorContract<Reading, R> contract) {
        for (int i = 0; i < 30; i++) {
            contract.record(new Reading("k" + i % 10, 5 * i + (i * 7) % 11, i));
            if (i % 6 == 5) {
                contract.watermark(5L * i - 20);
            }
        }
        return contract;
    }

    private static String word(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    static Map<String, OperatorContract<?, ?>> contracts() {
        Map<String, OperatorContract<?, ?>> contracts = new TreeMap<>();
        putStateless(contracts);
        Windows tumbling = Windows.tumbling(Duration.ofMillis(20));
        Windows hopping = Windows.hopping(Duration.ofMillis(25), Duration.ofMillis(10));
        Windows sessions = Windows.session(Duration.ofMillis(15));
        contracts.put("window", window(tumbling, Duration.ZERO));
        contracts.put("window with lateness", window(tumbling, LATENESS).mayBeLate());
        contracts.put("hopping window", window(hopping, Duration.ZERO));
        contracts.put("hopping window with lateness", window(hopping, LATENESS).mayBeLate());
        contracts.put("session", window(sessions, Duration.ZERO));
        contracts.put("session with lateness", window(sessions, LATENESS).mayBeLate());
        contracts.put("window of days", window(Windows.days(ZoneOffset.UTC), Duration.ZERO));
        contracts.put("window of a count", counted(Windows.count(2)));
        contracts.put("sliding window of a count", counted(Windows.slidingCount(3, 2)));
        contracts.put("global window", counted(Windows.global()));
        contracts.put("window with early and late panes", triggered(tumbling).mayBeLate());
        contracts.put("hopping window with panes", triggered(hopping).mayBeLate());
        contracts.put("session with panes", triggered(sessions).mayBeLate());
        contracts.put(
                "window with panes by the clock",
                triggered(tumbling)
                        .mayBeLate()
                        .processingTime(Duration.ofMillis(9))
                        .record(new Reading("k4", 1_010, 5))
                        .processingTime(Duration.ofMillis(30))
                        .watermark(1_100));
        contracts.put("ordered look-back", story(lookBack(true)));
        contracts.put("eager look-back", story(lookBack(false)));
        contracts.put("sort by time", story(sorted(100, Overflow.FAIL)));
        contracts.put("sort by time in a small room", story(sorted(1, Overflow.RELEASE_EARLIEST)));
        contracts.put("process in event time", process());
        contracts.put(
                "process in processing time",
                process()
                        .processingTime(Duration.ofMillis(9))
                        .record(new Reading("k4", 1_010, 5))
                        .processingTime(Duration.ofMillis(3))
                        .watermark(1_100)
                        .processingTime(Duration.ofMillis(40))
                        .record(new Reading("k5", 1_110, 5)));
        contracts.put(
                "process with keys that expire in event time", expiring(TimeDomain.EVENT_TIME));
        contracts.put(
                "process with keys that expire on the clock",
                expiring(TimeDomain.PROCESSING_TIME)
                        .processingTime(Duration.ofMillis(19))
                        .record(new Reading("k4", 1_010, 5))
                        .processingTime(Duration.ofMillis(3))
                        .watermark(1_100)
                        .processingTime(Duration.ofMillis(40)));
        contracts.put("process of two inputs", both());
        contracts.put("process with rules", ruled());
        return contracts;
    }

    private static OperatorContract<Reading, String> expiring(TimeDomain clock) {
        return story(
                keyed(
                                readings ->
                                        readings.process(
                                                "expiring",
                                                () -> new Expiring(Duration.ofMillis(20), clock)))
                        .orderedBy(OperatorContractTest::word)
                        .mayBeLate());
    }

    /**
     * Even values come on one input, odd ones on the other. What is late would be a race: time is
     * that of the slower input.
     */
    private static OperatorContract<Reading, String> both() {
        return inTime(
                        contract(
                                        readings -> {
                                            var odd = readings.filter(r -> r.value() % 2 == 1);
                                            return readings.filter(r -> r.value() % 2 == 0)
                                                    .keyBy(Reading::key)
                                                    .connect(odd.keyBy(Reading::key))
                                                    .process("both", Both::new);
                                        })
                                .orderedBy(OperatorContractTest::word))
                .record(new Reading(null, 150, 1))
                .watermark(1_000);
    }

    /** Odd values are rules for the even ones. */
    private static OperatorContract<Reading, String> ruled() {
        return inTime(
                        contract(
                                        readings -> {
                                            var odd = readings.filter(r -> r.value() % 2 == 1);
                                            return readings.filter(r -> r.value() % 2 == 0)
                                                    .keyBy(Reading::key)
                                                    .connect(odd.broadcast())
                                                    .process("ruled", Ruled::new);
                                        })
                                .orderedBy(OperatorContractTest::word))
                .record(new Reading(null, 150, 2))
                .watermark(1_000);
    }

    /** Late records go through these as all others do. */
    private static void putStateless(Map<String, OperatorContract<?, ?>> contracts) {
        var map = contract(readings -> readings.map(Reading::toString));
        var filter = contract(readings -> readings.filter(r -> r.value() % 3 > 0));
        var flatMap = contract(OperatorContractTest::twice);
        var merge =
                contract(
                        readings ->
                                readings.merge(readings.filter(r -> r.time() > 9))
                                        .rebalance()
                                        .parallelism(1));
        var partitionBy =
                contract(
                                readings ->
                                        readings.partitionBy(
                                                (reading, subtasks) ->
                                                        (int) (reading.time() % subtasks)))
                        .orderedBy(r -> r.key() + r.time() % 6); // One of 1, 2 and 3 subtasks.
        var mapWithKey =
                keyed(readings -> readings.mapWithKey((key, r) -> key + " " + r.time()))
                        .orderedBy(OperatorContractTest::word);
        contracts.put("map", story(map).mayBeLate());
        contracts.put("filter", story(filter).mayBeLate());
        contracts.put("flatMap", story(flatMap).mayBeLate());
        contracts.put("merge and rebalance", story(merge).mayBeLate());
        var ranges =
                contract(
                                readings ->
                                        readings.partitionByRange(
                                                        Reading::value, List.of(5L, 20L, 25L))
                                                .mapWithKey((range, r) -> range.index() + " " + r))
                        .orderedBy(OperatorContractTest::word);
        contracts.put("partitionByRange", story(ranges).mayBeLate());
        contracts.put("partitionBy", story(partitionBy).mayBeLate());
        contracts.put("mapWithKey", story(mapWithKey).mayBeLate());
    }

    private static DataStream<String> twice(DataStream<Reading> readings) {
        return readings.<String>flatMap(
                        (reading, out) -> {
                            out.emit(reading.key() + " once");
                            out.emit(reading.key() + " twice");
                        })
                .as(Type.of(String.class));
    }

    private static OperatorContract<Reading, String> window(Windows windows, Duration lateness) {
        return story(
                OperatorContractTest.<String>keyed(
                                readings ->
                                        sums(
                                                readings.window(windows)
                                                        .allowedLateness(lateness)
                                                        .lateTo(LATE)))
                        .orderedBy(OperatorContractTest::word));
    }

    private static OperatorContract<Reading, String> triggered(Windows windows) {
        return story(
                OperatorContractTest.<String>keyed(
                                readings ->
                                        readings.window(windows)
                                                .allowedLateness(LATENESS)
                                                .lateTo(LATE)
                                                .trigger(
                                                        Triggers.afterWatermark()
                                                                .early(Triggers.everyRecords(2))
                                                                .late(Triggers.every(LATENESS)))
                                                .aggregate(
                                                        "sums",
                                                        Aggregates.sumLong(Reading::value),
                                                        (key, window, pane, sum) ->
                                                                key
                                                                        + " "
                                                                        + pane.index()
                                                                        + " "
                                                                        + sum))
                        .orderedBy(OperatorContractTest::word));
    }

    /** No record is late for these; what they emit never is. */
    private static OperatorContract<Reading, String> counted(Windows windows) {
        return story(
                OperatorContractTest.<String>keyed(readings -> sums(readings.window(windows)))
                        .orderedBy(OperatorContractTest::word));
    }

    private static DataStream<String> sums(WindowedStream<String, Reading> windowed) {
        return windowed.aggregate(
                "sums", Aggregates.sumLong(Reading::value), (key, window, sum) -> key + " " + sum);
    }

    /** Late records are processed like others, under their own times. */
    private static OperatorContract<Reading, String> process() {
        return story(
                keyed(readings -> readings.process("all", Everything::new))
                        .orderedBy(OperatorContractTest::word)
                        .mayBeLate());
    }

    private static OperatorContract<Reading, String> lookBack(boolean ordered) {
        return OperatorContractTest.<String>keyed(
                        readings -> {
                            var spans =
                                    readings.lookBack(Duration.ofMillis(15), Duration.ofMillis(70))
                                            .lateTo(LATE);
                            return (ordered ? spans.ordered() : spans.eager())
                                    .aggregate(
                                            "spans",
                                            Aggregates.sumLong(Reading::value),
                                            (reading, sums) -> reading.key() + " " + sums);
                        })
                .orderedBy(OperatorContractTest::word);
    }

    private static OperatorContract<Reading, String> sorted(int waitingMax, Overflow overflow) {
        return OperatorContractTest.<String>keyed(
                        readings ->
                                readings.sortByTime("sorted", waitingMax, overflow, LATE)
                                        .map(reading -> reading.key() + " " + reading.value()))
                .orderedBy(OperatorContractTest::word);
    }

    static Set<String> names() {
        return contracts().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesTheSameHoweverItIsInterrupted(String name) {
        contracts().get(name).verify();
    }

    @Test
    void isHeldForEveryOperator() throws Exception {
        Set<Class<?>> held =
                contracts().values().stream()
                        .flatMap(contract -> contract.graph().steps().stream())
                        .map(OperatorContractTest::operatorOf)
                        .collect(Collectors.toSet());
        held.add(ForEachOperator.class); // A sink takes its place here; it keeps nothing.

        assertThat(held).containsExactlyInAnyOrderElementsOf(operators());
    }

    private static Class<?> operatorOf(Step step) {
        return step.accept(
                        new OperatorFactory(
                                OperatorClasses.SHARED, 128, write -> write.sink().writer(null)))
                .getClass();
    }

    /** Returns the operators of the kernel, from its directory or its jar. */
    private static Set<Class<?>> operators() throws Exception {
        URI place =
                WindowOperator.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(place);
        if (Files.isDirectory(path)) {
            return operatorsIn(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return operatorsIn(jar.getPath("/"));
        }
    }

    private static Set<Class<?>> operatorsIn(Path root) throws IOException {
        String inPackage = WindowOperator.class.getPackageName();
        try (Stream<Path> files = Files.list(root.resolve(inPackage.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> loaded(inPackage + "." + name.substring(0, name.length() - 6)))
                    .filter(Operator.class::isAssignableFrom)
                    .filter(one -> !Modifier.isAbstract(one.getModifiers()))
                    .collect(Collectors.toSet());
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void findsStateThatWasNotDeclared() {
        var contract =
                story(keyed(readings -> readings.process("forgetful", Forgetful::new)))
                        .orderedBy(OperatorContractTest::word)
                        .mayBeLate();

        assertThatThrownBy(contract::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at parallelism 2");
    }

    @Test
    void findsRecordsBehindTheWatermark() {
        var contract = story(contract(readings -> readings.map(Reading::toString)));

        assertThatThrownBy(contract::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("records came behind the watermark");
    }
}
