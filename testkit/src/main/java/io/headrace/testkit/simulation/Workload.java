package io.headrace.testkit.simulation;

import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.connector.Sink;
import io.headrace.graph.Graph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The data of one seed, the pipeline that processes them, and what must come out.
 *
 * @param splits of all sources; split n belongs to source n modulo the number of sources
 * @param boundMillis how far out of order the source says that a split is at most
 * @param aheadMillis how far one split may run ahead of the others
 * @param expected by the name of the sink
 */
record Workload(
        Shape shape,
        List<SplitData> splits,
        long boundMillis,
        long aheadMillis,
        Map<String, Expected> expected) {
    /** Few, so that manifests are small, and more than any parallelism. */
    private static final int KEY_GROUPS = 8;

    private static final int MANY_KEYS = 600;

    /** Enough for a watermark in the middle of a split. */
    private static final int RECORDS_MAX = 1000;

    /** How much later than promised records are where they may be late. */
    private static final int DISORDER = 4;

    static Workload draw(SplittableRandom random) {
        long boundMillis = random.nextInt(400);
        Shape shape = shape(boundMillis, random);
        int count = shape.inOrder() ? 1 : 1 + random.nextInt(5);
        int recordsMax = random.nextInt(4) == 0 ? 100 : RECORDS_MAX;
        SplitData.Shape data =
                new SplitData.Shape(
                        random.nextBoolean() ? count : 1,
                        shape.inOrder() ? boundMillis * DISORDER : boundMillis,
                        recordsMax,
                        keys(random));
        List<SplitData> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            splits.add(SplitData.generate(i, data, random));
        }
        long aheadMillis = random.nextBoolean() ? 500 : 3_600_000;
        return new Workload(shape, splits, boundMillis, aheadMillis, shape.expect(splits));
    }

    /** Few keys fill their state; many make a snapshot take several steps. */
    private static int keys(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> MANY_KEYS;
            default -> 5;
        };
    }

    private static MappedShape.Spread spread(SplittableRandom random) {
        MappedShape.Spread[] all = MappedShape.Spread.values();
        return all[random.nextInt(all.length)];
    }

    private static Shape shape(long boundMillis, SplittableRandom random) {
        return switch (random.nextInt(9)) {
            case 0 -> new MappedShape(spread(random));
            case 1 -> windows(1 + random.nextInt(1000));
            case 2 -> new WindowedShape(2, 1 + random.nextInt(1000));
            case 3 ->
                    new LookBackShape(
                            1 + random.nextInt(300), random.nextBoolean(), random.nextBoolean());
            case 4 ->
                    new LateShape(
                            boundMillis,
                            1 + random.nextInt(500),
                            random.nextBoolean() ? 0 : random.nextInt(500));
            case 5 -> new PulseShape(1L << random.nextInt(12), random.nextBoolean());
            case 6 -> new LivesShape(1 + random.nextInt(600));
            case 7 -> boundMillis % 2 == 0 ? new ConnectedShape() : new RulesShape();
            default -> new ProcessShape();
        };
    }

    /** Draws nothing more, so that every other seed keeps its schedule. */
    private static Shape windows(long sizeMillis) {
        return sizeMillis % 2 == 0
                ? new WindowKindsShape(sizeMillis)
                : new WindowedShape(1, sizeMillis);
    }

    static int sourceOf(SplitData split, int sources) {
        return split.number() % sources;
    }

    static String sourceName(int source) {
        return "source-" + source;
    }

    /** Returns how many items all splits have. */
    long size() {
        return splits.stream().mapToLong(split -> split.items().size()).sum();
    }

    /** Returns the splits of a source. */
    List<SplitData> splitsOf(int source) {
        return splits.stream().filter(split -> sourceOf(split, shape.sources()) == source).toList();
    }

    /** Builds the pipeline for one process. */
    Graph graph(
            SimulatedSource.Pace pace,
            SimulatedSource.Outside outside,
            Function<String, Sink<String>> sinks,
            SplittableRandom random) {
        Pipeline pipeline =
                Pipeline.create("simulated")
                        .keyGroups(KEY_GROUPS)
                        .sourceAlignment(Duration.ofMillis(aheadMillis));
        List<DataStream<Measurement>> inputs = new ArrayList<>();
        for (int source = 0; source < shape.sources(); source++) {
            DataStream<Measurement> stream =
                    pipeline.readFrom(
                            new SimulatedSource(
                                    sourceName(source),
                                    splitsOf(source),
                                    Duration.ofMillis(boundMillis),
                                    pace,
                                    outside));
            int parallelism = shape.inOrder() ? 1 : 1 + random.nextInt(3);
            boolean own = shape.inOrder() || random.nextBoolean();
            inputs.add(own ? stream.parallelism(parallelism) : stream);
        }
        shape.build(new Shape.Canvas(pipeline, inputs, sinks, random));
        return pipeline.graph();
    }
}
