package io.headrace.engine.tasklet;

import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;

/**
 * Is shown every operator while the chains are put together, and may stand between them. For tests:
 * a job has {@link #NONE}, which leaves no trace in a chain and so costs nothing.
 */
public interface Inspector {
    /** Looks at nothing. */
    Inspector NONE = new Inspector() {};

    /** Returns what takes the records of an input of a step: the given port, or one before it. */
    default Port input(Step step, Operator operator, Port port) {
        return port;
    }

    /** Returns what takes what a step emits: the given port, or one before it. */
    default Port output(Step step, Port port) {
        return port;
    }

    /**
     * An operator is open.
     *
     * @param context what it was opened with; its state is to be looked at between two steps only
     */
    default void opened(Step step, int subtask, Operator operator, OperatorContext context) {}
}
