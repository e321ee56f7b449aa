package io.headrace.conformance.random;

import io.headrace.conformance.scenario.DescribedEnds;
import io.headrace.conformance.scenario.Determinism;
import io.headrace.conformance.scenario.PipelineText;

/** Whether lines make a pipeline whose results can be compared. */
final class Validity {
    private Validity() {}

    static boolean holds(PipelineText pipeline) {
        try {
            Determinism.of(pipeline);
            pipeline.build(new DescribedEnds()).graph();
            return true;
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return false;
        }
    }
}
