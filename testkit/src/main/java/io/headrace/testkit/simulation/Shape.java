package io.headrace.testkit.simulation;

import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.connector.Sink;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A pipeline, and what it gives according to plain sequential code. */
interface Shape {
    /**
     * The pipeline that is being built.
     *
     * @param inputs one stream per source
     * @param sinks by name
     * @param random decides where steps have a parallelism of their own
     */
    record Canvas(
            Pipeline pipeline,
            List<DataStream<Measurement>> inputs,
            Function<String, Sink<String>> sinks,
            SplittableRandom random) {
        /** Returns 1 to 3. */
        int parallelism() {
            return 1 + random.nextInt(3);
        }
    }

    /** Returns how many sources it reads. */
    int sources();

    /**
     * Returns whether the order of all records decides what comes out: then there is one split that
     * one subtask reads, and its records come later than the source has promised.
     */
    default boolean inOrder() {
        return false;
    }

    /**
     * Returns whether timers of the clock are due all the time: they come before barriers, so that
     * checkpoints take longer.
     */
    default boolean delaysBarriers() {
        return false;
    }

    /** Adds the steps. The same each time but for the parallelism. */
    void build(Canvas canvas);

    /** Returns what each sink shows in the end, by its name. */
    Map<String, Expected> expect(List<SplitData> splits);
}
