package io.headrace.engine.coordinator;

import io.headrace.JobMetrics;
import io.headrace.engine.tasklet.Execution;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the counters of a step into what users see. */
public final class StepReport {
    private StepReport() {}

    /** What is known of the subtasks of a step while they run. */
    public record Load(List<JobMetrics.KeyShare> frequentKeys, List<Long> inBySubtask) {
        /** Nothing runs. */
        static final Load NONE = new Load(List.of(), List.of());

        static Load of(Execution execution, Step step) {
            List<Long> in = new ArrayList<>();
            for (Execution.Placed placed : execution.subtasks()) { // By rising index.
                int operator = placed.subtask().steps().indexOf(step.id());
                if (operator >= 0) {
                    in.add(placed.subtask().metrics().of(operator).in);
                }
            }
            return new Load(KeyShares.of(execution, step), in);
        }
    }

    /** Returns the metrics of a step. */
    public static JobMetrics.StepMetrics of(
            Step step, Counters counted, long committed, Load load) {
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
                load.frequentKeys(),
                load.inBySubtask());
    }
}
