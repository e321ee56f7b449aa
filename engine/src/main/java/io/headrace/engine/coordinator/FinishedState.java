package io.headrace.engine.coordinator;

import io.headrace.JobMetrics;
import io.headrace.connector.Lineage;
import io.headrace.engine.tasklet.Restored;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.checkpoint.Store;
import java.util.ArrayList;
import java.util.List;

/** The state of a job whose input has ended. */
public final class FinishedState {
    private FinishedState() {}

    /**
     * Makes sure that the output of the last checkpoint is visible: the process may have died right
     * before.
     *
     * @return what the job has done
     */
    public static JobMetrics settle(
            Graph graph, Restored restored, Lineage lineage, long owner, Store.Counters progress) {
        try (SinkCommits commits = new SinkCommits(graph, lineage, owner)) {
            commits.recover(restored.manifest());
        }
        JobCounters counters = new JobCounters(restored.manifest());
        List<JobMetrics.StepMetrics> steps = new ArrayList<>();
        for (Step step : graph.steps()) {
            Counters counted = counters.before(step.name());
            boolean sink = step instanceof Step.Write || step instanceof Step.ForEach;
            steps.add(StepReport.of(step, counted, sink ? counted.in : 0, StepReport.Load.NONE));
        }
        return new JobMetrics(
                steps,
                counters.before(JobCounters.JOB).in,
                -1,
                0,
                progress.get(0),
                progress.get(1),
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                List.of());
    }
}
