package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import java.util.List;
import java.util.Optional;

/**
 * Which windowed aggregates begin before their exchange.
 *
 * <p>Those that nobody can tell from one phase. With allowed lateness each record fires again, and
 * {@code lateTo} wants the late records themselves: an accumulator can do neither. A session is not
 * known by one record. A trigger wants to see each record. Steps between {@code keyBy} and the
 * window would have to run before the exchange. And fewer subtasks before the exchange than behind
 * it would have to do the work of more.
 */
final class TwoPhases {
    private TwoPhases() {}

    /** Returns the window whose local half stands before an edge, if it is planned in two. */
    static Optional<Step.Window> windowBehind(Plan plan, PlannedEdge edge) {
        if (edge.partitioning() != Partitioning.HASH
                || plan.chainOf(edge.from().step()).parallelism()
                        < plan.chainOf(edge.toStep()).parallelism()) {
            return Optional.empty();
        }
        List<Step> readers = readers(plan.graph(), Input.main(edge.toStep()));
        return readers.size() == 1 && readers.get(0) instanceof Step.Window window && allows(window)
                ? Optional.of(window)
                : Optional.empty();
    }

    private static List<Step> readers(Graph graph, Input output) {
        return graph.steps().stream()
                .filter(step -> step.head().inputs().contains(output))
                .toList();
    }

    private static boolean allows(Step.Window window) {
        boolean sliced =
                window.windows() instanceof WindowShape.Aligned
                        || window.windows() instanceof WindowShape.Days;
        Step.Window.Firing firing = window.firing();
        return sliced
                && !firing.onePhase()
                && firing.triggered() == null
                && firing.allowedLatenessMillis() == 0
                && firing.late() == null
                && window.aggregator().commutes();
    }
}
