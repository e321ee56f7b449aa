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
        PipelineText pipeline = new RandomPipeline(random.split()).draw();
        return new RandomCase(pipeline, new RandomScript(random.split(), pipeline).draw());
    }
}
