package io.headrace.conformance.random;

import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random pipeline, and what happens to it.
 *
 * @param script line by line
 */
public record RandomCase(PipelineText pipeline, List<ScriptLine> script) {
    /** Returns the case of a seed: the same each time. */
    public static RandomCase of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return of(new RandomPipeline(random.split()).draw(), random.split());
    }

    /** Returns a case with a given pipeline. */
    public static RandomCase of(PipelineText pipeline, SplittableRandom random) {
        return new RandomCase(pipeline, new RandomScript(random, pipeline).draw());
    }
}
