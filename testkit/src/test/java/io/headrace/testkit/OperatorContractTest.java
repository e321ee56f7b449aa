package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Windows;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.function.ForEachOperator;
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
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        for (int i = 0; i < 30; i++) {
            contract.record(new Reading("k" + i % 10, 5 * i + (i * 7) % 11, i));
            if (i % 6 == 5) {
                contract.watermark(5L * i - 20);
            }
        }
        contract.record(new Reading(null, 150, 1)).unreadable("?");
        contract.record(new Reading("k1", 119, 100)).record(new Reading("k1", 7, 101));
        return contract.watermark(240).record(new Reading("k2", 300, 102)).watermark(1_000);
    }

    private static String word(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    static Map<String, OperatorContract<?, ?>> contracts() {
        Map<String, OperatorContract<?, ?>> contracts = new TreeMap<>();
        putStateless(contracts);
        contracts.put("window", window(Duration.ZERO));
        contracts.put("window with lateness", window(Duration.ofMillis(60)).mayBeLate());
        contracts.put("ordered look-back", story(lookBack(true)));
        contracts.put("eager look-back", story(lookBack(false)));
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
        var mapWithKey =
                keyed(readings -> readings.mapWithKey((key, r) -> key + " " + r.time()))
                        .orderedBy(OperatorContractTest::word);
        contracts.put("map", story(map).mayBeLate());
        contracts.put("filter", story(filter).mayBeLate());
        contracts.put("flatMap", story(flatMap).mayBeLate());
        contracts.put("merge and rebalance", story(merge).mayBeLate());
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

    private static OperatorContract<Reading, String> window(Duration lateness) {
        return story(
                OperatorContractTest.<String>keyed(
                                readings ->
                                        readings.window(Windows.tumbling(Duration.ofMillis(20)))
                                                .allowedLateness(lateness)
                                                .lateTo(LATE)
                                                .aggregate(
                                                        "sums",
                                                        Aggregates.sumLong(Reading::value),
                                                        (key, window, sum) -> key + " " + sum))
                        .orderedBy(OperatorContractTest::word));
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
        return step.accept(new OperatorFactory(write -> write.sink().writer(null))).getClass();
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
