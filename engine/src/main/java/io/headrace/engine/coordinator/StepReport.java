package io.headrace.engine.coordinator;

import io.headrace.JobMetrics;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the counters of a step into what users see. */
public final class StepReport {
    private StepReport() {}

    /** Returns the metrics of a step. */
    public static JobMetrics.StepMetrics of(
            Step step, Counters counted, long committed, List<JobMetrics.KeyShare> frequentKeys) {
        Map<String, Long> extra = new TreeMap<>();
        if (counted.droppedTimers > 0) {
            extra.put("droppedTimers", counted.droppedTimers);
        }
        if (counted.lateAfterIdle > 0) {
            extra.put("lateAfterIdle", counted.lateAfterIdle);
        }
        return new JobMetrics.StepMetrics(
                step.name(),
                counted.in,
                counted.out,
                counted.late,
                counted.deadLetters,
                committed,
                extra,
                frequentKeys);
    }
}
