package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import java.util.Optional;

/** Finds where the key of a stream comes from. */
final class Keys {
    private Keys() {}

    /** Returns the {@code keyBy} whose key the records have that come into a step. */
    static Optional<Step.KeyBy> keyBy(Graph graph, Step step) {
        Step at = step;
        while (at.head().inputs().size() == 1 && at.head().inputs().get(0).side() == null) {
            Input input = at.head().inputs().get(0);
            at = graph.step(input.step());
            if (at instanceof Step.KeyBy keyBy) {
                return Optional.of(keyBy);
            }
            if (at instanceof Step.Rebalance) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns whether a step cannot do without a key. */
    static boolean needed(Step step) {
        return step instanceof Step.MapWithKey
                || step instanceof Step.Process
                || step instanceof Step.Window
                || step instanceof Step.LookBack;
    }
}
