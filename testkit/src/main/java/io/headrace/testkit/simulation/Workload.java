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
 * @param boundMillis how far out of order the records of a split are at most
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

    static Workload draw(SplittableRandom random) {
        Shape shape = shape(random);
        int count = 1 + random.nextInt(5);
        long boundMillis = random.nextInt(400);
        int recordsMax = random.nextInt(4) == 0 ? 100 : 1200;
        SplitData.Shape data = new SplitData.Shape(count, boundMillis, recordsMax, keys(random));
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

    private static Shape shape(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> new MappedShape(random.nextBoolean());
            case 1 -> new WindowedShape(1, 1 + random.nextInt(1000));
            case 2 -> new WindowedShape(2, 1 + random.nextInt(1000));
            case 3 ->
                    new LookBackShape(
                            1 + random.nextInt(300), random.nextBoolean(), random.nextBoolean());
            default -> new ProcessShape();
        };
    }

    static int sourceOf(SplitData split, int sources) {
        return split.number() % sources;
    }

    static String sourceName(int source) {
        return "source-" + source;
    }

    /** Returns the splits of a source. */
    List<SplitData> splitsOf(int source) {
        return splits.stream().filter(split -> sourceOf(split, shape.sources()) == source).toList();
    }

    /** Builds the pipeline for one process. */
    Graph graph(
            SimulatedSource.Pace pace,
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
                                    pace));
            inputs.add(random.nextBoolean() ? stream : stream.parallelism(1 + random.nextInt(3)));
        }
        shape.build(new Shape.Canvas(pipeline, inputs, sinks, random));
        return pipeline.graph();
    }
}
