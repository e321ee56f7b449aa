package io.headrace.conformance.scenario;

import io.headrace.BroadcastConnectedStreams;
import io.headrace.BroadcastStream;
import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.LookBackStream;
import io.headrace.Overflow;
import io.headrace.Pipeline;
import io.headrace.WindowedStream;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Builds a pipeline from its lines.
 *
 * <p>Streams are untyped here; the {@link Kind} of each says what flows, and types are named with
 * {@code as} as a user would. What is written to a sink is a text: of a keyed stream the key, a bar
 * and the value, so that results can be compared key by key.
 */
final class PipelineBuilder {
    private final PipelineText.Ends ends;
    private final KeyedTools tools;
    private final Pipeline pipeline = Pipeline.create("scenario");
    private final Map<String, Stream> streams = new HashMap<>();

    private record Stream(DataStream<Object> data, Kind kind) {
        @SuppressWarnings("unchecked") // Keys are untyped here as values are.
        KeyedStream<Object, Object> keyed() {
            if (data instanceof KeyedStream<?, ?> keyed) {
                return (KeyedStream<Object, Object>) keyed;
            }
            throw new IllegalArgumentException("the stream has no key: put keyBy before it");
        }

        BroadcastStream<Object> broadcast() {
            if (data instanceof BroadcastStream<Object> broadcast) {
                return broadcast;
            }
            throw new IllegalArgumentException("the stream is not broadcast");
        }
    }

    PipelineBuilder(PipelineText.Ends ends, KeyedTools tools) {
        this.ends = ends;
        this.tools = tools;
    }

    Pipeline build(List<StepLine> lines) {
        lines.forEach(this::add);
        return pipeline;
    }

    private void add(StepLine line) {
        switch (line.operator()) {
            case "source" -> source(line);
            case "map" -> map(line);
            case "mapWithKey" -> mapWithKey(line);
            case "filter" -> filter(line);
            case "flatMap" -> flatMap(line);
            case "merge" -> merge(line);
            case "rebalance" -> put(line, input(line).data().rebalance(), input(line).kind());
            case "partitionBy" ->
                    put(
                            line,
                            input(line).data().partitionBy(PipelineBuilder::subtask),
                            input(line).kind());
            case "broadcast" -> put(line, input(line).data().broadcast(), input(line).kind());
            case "keyBy" -> keyBy(line);
            case "partitionByRange" -> partitionByRange(line);
            case "process" -> process(line);
            case "connect" -> connect(line);
            case "control" -> control(line);
            case "window" -> window(line);
            case "lookBack" -> lookBack(line);
            case "sortByTime" -> sortByTime(line);
            case "running", "deduplicate", "changes", "sort" -> tool(line);
            case "deadLetters" -> deadLetters(line);
            case "write" -> write(line);
            default -> throw new IllegalArgumentException("no operator " + line.operator());
        }
    }

    private Stream input(StepLine line) {
        return stream(line.inputs().get(0));
    }

    private Stream stream(String name) {
        Stream stream = streams.get(name);
        if (stream == null) {
            throw new IllegalArgumentException("no stream " + name + " before this line");
        }
        return stream;
    }

    private void put(StepLine line, DataStream<Object> data, Kind kind) {
        int parallelism = (int) line.number("parallelism", 0);
        streams.put(
                line.name(),
                new Stream(parallelism == 0 ? data : data.parallelism(parallelism), kind));
    }

    private void putSide(Side<Object> side, Kind kind) {
        streams.put(side.name(), new Stream(pipeline.side(side), kind));
    }

    @SuppressWarnings("unchecked") // Every Item is an Object, and nothing is written into it.
    private void source(StepLine line) {
        DataStream<?> items =
                pipeline.readFrom(
                        line.name(), ends.source(line.name(), PipelineText.bounded(line)));
        put(line, (DataStream<Object>) items, Kind.ITEM);
    }

    private void map(StepLine line) {
        Kind to = Kind.valueOf(line.option("to").toUpperCase(Locale.ROOT));
        put(line, input(line).data().map(to::of).as(to.type()), to);
    }

    private void mapWithKey(StepLine line) {
        put(
                line,
                input(line).keyed().mapWithKey(PipelineBuilder::withKey).as(Kind.TEXT.type()),
                Kind.TEXT);
    }

    private static Object withKey(Object key, Object value) {
        return key + "|" + value;
    }

    private static int subtask(Object value, int subtasks) {
        return (int) Math.floorMod(Kind.number(value), (long) subtasks);
    }

    private void filter(StepLine line) {
        Stream before = input(line);
        DataStream<Object> kept =
                switch (line.option("keep")) {
                    case "even" -> before.data().filter(value -> Kind.number(value) % 2 == 0);
                    case "small" -> before.data().filter(value -> Kind.number(value) < 5);
                    case "none" -> before.data().filter(value -> false);
                    default -> throw new IllegalArgumentException(line.toString());
                };
        put(line, kept, before.kind());
    }

    /** Gives each value 0, 1 or 2 times: the remainder of its number by 3. */
    private void flatMap(StepLine line) {
        Stream before = input(line);
        DataStream<Object> copies =
                before.data()
                        .flatMap(
                                (Object value, Output<Object> out) -> {
                                    for (long i = 0;
                                            i < Math.floorMod(Kind.number(value), 3L);
                                            i++) {
                                        out.emit(value);
                                    }
                                })
                        .as(before.kind().type());
        put(line, copies, before.kind());
    }

    private void merge(StepLine line) {
        Stream first = input(line);
        DataStream<Object> all = first.data();
        for (String other : line.inputs().subList(1, line.inputs().size())) {
            if (stream(other).kind() != first.kind()) {
                throw new IllegalArgumentException("merge takes streams of one kind: " + line);
            }
            all = all.merge(stream(other).data());
        }
        put(line, all, first.kind());
    }

    private void keyBy(StepLine line) {
        Stream before = input(line);
        DataStream<Object> data = before.data();
        KeyedStream<?, Object> keyed =
                switch (line.option("by")) {
                    case "name" -> data.keyBy(Kind::name, Type.of(String.class));
                    case "number" ->
                            data.keyBy(
                                    value -> Math.floorMod(Kind.number(value), 3L),
                                    Type.of(Long.class));
                    case "both" -> data.keyBy(Key::of, Type.of(Key.class));
                    default -> throw new IllegalArgumentException(line.toString());
                };
        put(line, keyed, before.kind());
    }

    private void partitionByRange(StepLine line) {
        if (line.options().containsKey("sample")) {
            int ranges = (int) line.number("ranges", 2);
            int sample = (int) line.number("sample", 1);
            DataStream<Object> sampled =
                    input(line)
                            .data()
                            .partitionByRange(
                                    line.name(),
                                    PipelineBuilder::ordered,
                                    ranges,
                                    sample,
                                    Type.of(Long.class));
            put(line, sampled, input(line).kind());
            return;
        }
        List<Long> boundaries =
                Arrays.stream(line.option("at").split(",")).map(Long::parseLong).toList();
        DataStream<Object> ranged =
                input(line).data().partitionByRange(PipelineBuilder::ordered, boundaries);
        put(line, ranged, input(line).kind());
    }

    /** A value without a name is in no range. */
    private static Long ordered(Object value) {
        return Kind.name(value) == null ? null : Kind.number(value);
    }

    private void process(StepLine line) {
        ProcessKind what = ProcessKind.of(line);
        put(
                line,
                input(line)
                        .keyed()
                        .process(line.name(), what.factory(line))
                        .as(what.result().type()),
                what.result());
        if (what == ProcessKind.ROUTE) {
            putSide(new Side<>(line.option("side"), Kind.TEXT.type()), Kind.TEXT);
        }
    }

    private void connect(StepLine line) {
        KeyedStream<Object, Object> second = stream(line.inputs().get(1)).keyed();
        put(
                line,
                input(line)
                        .keyed()
                        .connect(second)
                        .process(line.name(), CoProcessKind.of(line).factory())
                        .as(Kind.TEXT.type()),
                Kind.TEXT);
    }

    private void control(StepLine line) {
        Stream before = input(line);
        BroadcastConnectedStreams<Object, Object, Object> connected =
                before.keyed().connect(stream(line.inputs().get(1)).broadcast());
        Side<Object> late = late(line, before);
        connected = late == null ? connected : connected.lateTo(late);
        put(
                line,
                connected
                        .process(line.name(), BroadcastKind.of(line).factory())
                        .as(Kind.TEXT.type()),
                Kind.TEXT);
        if (late != null) {
            putSide(late, before.kind());
        }
    }

    private void tool(StepLine line) {
        Stream before = input(line);
        KeyedStream<Object, Object> keyed = before.keyed();
        switch (line.operator()) {
            case "running" -> {
                AggregateKind what = AggregateKind.of(line);
                KeyedStream<Object, Object> results =
                        tools.running(keyed, line.name(), what.aggregator(before.kind()));
                put(line, results.as(what.result().type()), what.result());
            }
            case "deduplicate" -> {
                Duration within = millis(line.number("within", 50));
                put(line, tools.deduplicate(keyed, line.name(), within), before.kind());
            }
            case "sort" -> {
                int max = (int) line.number("max", 1_000);
                put(line, tools.sorted(keyed, line.name(), max), before.kind());
            }
            default -> put(line, tools.changes(keyed, line.name()), before.kind());
        }
    }

    private void window(StepLine line) {
        Stream before = input(line);
        WindowedStream<Object, Object> windowed = before.keyed().window(WindowLines.windows(line));
        long lateness = line.number("lateness", 0);
        windowed = lateness == 0 ? windowed : windowed.allowedLateness(millis(lateness));
        Side<Object> late = late(line, before);
        if (late != null) {
            windowed = windowed.lateTo(late);
        }
        windowed = WindowLines.triggered(line, windowed);
        Kind kind = WindowLines.result(line, before.kind());
        put(line, WindowLines.results(line, windowed, before.kind()).as(kind.type()), kind);
        if (late != null) {
            putSide(late, before.kind());
        }
    }

    private void lookBack(StepLine line) {
        Stream before = input(line);
        AggregateKind aggregate = AggregateKind.of(line);
        Duration[] widths =
                Arrays.stream(line.option("widths").split(","))
                        .map(width -> millis(Long.parseLong(width)))
                        .toArray(Duration[]::new);
        LookBackStream<Object, Object> lookBack = before.keyed().lookBack(widths);
        lookBack = line.options().containsKey("eager") ? lookBack.eager() : lookBack.ordered();
        Side<Object> late = late(line, before);
        if (late != null) {
            lookBack = lookBack.lateTo(late);
        }
        put(
                line,
                lookBack.aggregate(
                                line.name(),
                                aggregate.aggregator(before.kind()),
                                (Object value, List<Object> results) -> value + "=" + results)
                        .as(Kind.TEXT.type()),
                Kind.TEXT);
        if (late != null) {
            putSide(late, before.kind());
        }
    }

    private void sortByTime(StepLine line) {
        Stream before = input(line);
        int max = (int) line.number("max", 1_000);
        Overflow overflow =
                line.options().containsKey("release") ? Overflow.RELEASE_EARLIEST : Overflow.FAIL;
        Side<Object> late = late(line, before);
        KeyedStream<Object, Object> keyed = before.keyed();
        put(
                line,
                late == null
                        ? keyed.sortByTime(line.name(), max, overflow)
                        : keyed.sortByTime(line.name(), max, overflow, late),
                before.kind());
        if (late != null) {
            putSide(late, before.kind());
        }
    }

    private static Side<Object> late(StepLine line, Stream before) {
        String name = line.options().get("late");
        return name == null ? null : new Side<>(name, before.kind().type());
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Names step and split of each dead letter: what it says for people is not compared. */
    @SuppressWarnings("unchecked") // Every String is an Object, and nothing is written into it.
    private void deadLetters(StepLine line) {
        DataStream<?> letters =
                pipeline.deadLetters()
                        .map(
                                letter ->
                                        letter.step()
                                                + "/"
                                                + letter.split()
                                                + "/"
                                                + letter.raw().length)
                        .as(Kind.TEXT.type());
        put(line, (DataStream<Object>) letters, Kind.TEXT);
    }

    private void write(StepLine line) {
        DataStream<Object> data = input(line).data();
        DataStream<String> texts =
                data instanceof KeyedStream<?, ?>
                        ? input(line).keyed().mapWithKey((key, value) -> key + "|" + value)
                        : data.map(Object::toString);
        texts.writeTo(line.name(), ends.sink(line.name()));
    }
}
