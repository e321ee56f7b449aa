package io.headrace.engine.coordinator;

import io.headrace.JobMetrics;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import java.util.Map;

/** Turns the counters of a step into what users see. */
public final class StepReport {
    private StepReport() {}

    /** Returns the metrics of a step. */
    public static JobMetrics.StepMetrics of(Step step, Counters counted, long committed) {
        Map<String, Long> extra =
                counted.droppedTimers == 0
                        ? Map.of()
                        : Map.of("droppedTimers", counted.droppedTimers);
        return new JobMetrics.StepMetrics(
                step.name(),
                counted.in,
                counted.out,
                counted.late,
                counted.deadLetters,
                committed,
                extra);
    }
}
