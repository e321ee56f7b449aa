package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;
import io.headrace.function.Partitioner;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.StepFailure;

/** Sends each record to the consumer that a user's function chooses. */
final class PartitionEdge extends EdgeOut {
    private final String step;
    private final Partitioner<Object> partitioner;

    PartitionEdge(Channel[] channels, Step.PartitionBy step) {
        super(channels);
        this.step = step.name();
        this.partitioner = step.partitioner();
    }

    @Override
    public void emit(Object value, long timestamp) {
        final int subtasks = channels.length;
        int target;
        try {
            target = partitioner.partition(value, subtasks);
        } catch (Exception failed) {
            throw new StepFailure(step, null, value, failed);
        }
        if (target < 0 || target >= subtasks) {
            throw outOfRange(value, target);
        }
        append(target, value, timestamp);
    }

    private StepFailure outOfRange(Object value, int target) {
        String message =
                "the partitioner returned "
                        + target
                        + " for "
                        + channels.length
                        + " subtasks: return 0 to "
                        + (channels.length - 1);
        return new StepFailure(step, null, value, new IndexOutOfBoundsException(message));
    }
}
