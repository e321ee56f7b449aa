package io.headrace.conformance.run;

import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import java.util.List;

/** Something that runs pipelines: the reference, an engine. Not thread-safe. */
public interface Subject {
    /**
     * Runs a pipeline from its start through a whole script.
     *
     * @param variation what must make no difference; the reference takes no notice of it
     */
    Outcome run(PipelineText pipeline, List<ScriptLine> script, Variation variation);
}
