package io.headrace.flink;

import io.headrace.graph.Step;
import io.headrace.kernel.chain.StepFailure;
import org.apache.flink.api.common.functions.Partitioner;

/** Asks the function of a {@code partitionBy} for the subtask of a record. */
final class ChosenSubtask implements Partitioner<Object> {
    private static final long serialVersionUID = 1L;

    private final byte[] shipped;
    private transient Step.PartitionBy step;

    ChosenSubtask(Step.PartitionBy step) {
        this.shipped = Shipped.write(step);
    }

    @Override
    public int partition(Object value, int subtasks) {
        if (step == null) {
            step =
                    (Step.PartitionBy)
                            Shipped.read(shipped, Thread.currentThread().getContextClassLoader());
        }
        try {
            return step.partitioner().partition(value, subtasks);
        } catch (Exception failed) {
            throw new StepFailure(step.name(), null, value, failed);
        }
    }
}
