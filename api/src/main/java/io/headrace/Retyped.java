package io.headrace;

import io.headrace.graph.Head;
import io.headrace.graph.Step;
import io.headrace.type.Type;

/**
 * Copies a step with another output type. Only steps whose result a user may name are changed:
 * those that make something new, and those that hand on what is not known yet.
 */
final class Retyped {
    private Retyped() {}

    static Step with(Step step, Type<?> type) {
        Head old = step.head();
        Head head = new Head(old.id(), old.name(), old.inputs(), type);
        if (step instanceof Step.Map map) {
            return new Step.Map(head, map.function());
        }
        if (step instanceof Step.MapWithKey map) {
            return new Step.MapWithKey(head, map.function());
        }
        if (step instanceof Step.FlatMap flatMap) {
            return new Step.FlatMap(head, flatMap.function());
        }
        if (step instanceof Step.Process process) {
            return new Step.Process(head, process.keyType(), process.function());
        }
        if (step instanceof Step.CoProcess process) {
            return new Step.CoProcess(head, process.keyType(), process.function());
        }
        if (step instanceof Step.BroadcastProcess process) {
            return new Step.BroadcastProcess(
                    head, process.keyType(), process.waiting(), process.function());
        }
        if (step instanceof Step.Window window) {
            return new Step.Window(
                    head,
                    window.keyType(),
                    window.windows(),
                    window.firing(),
                    window.aggregator(),
                    window.output());
        }
        if (step instanceof Step.LookBack lookBack) {
            return new Step.LookBack(
                    head,
                    lookBack.keyType(),
                    lookBack.widths(),
                    lookBack.late(),
                    lookBack.aggregator(),
                    lookBack.function());
        }
        if (step instanceof Step.SortByTime sort) {
            return new Step.SortByTime(head, sort.keyType(), sort.room(), sort.late());
        }
        if (old.type() != null) {
            throw new IllegalStateException(
                    "the type of step " + old.name() + " is known already: " + old.type());
        }
        return handingOn(step, head);
    }

    private static Step handingOn(Step step, Head head) {
        if (step instanceof Step.Filter filter) {
            return new Step.Filter(head, filter.condition());
        }
        if (step instanceof Step.Merge) {
            return new Step.Merge(head);
        }
        if (step instanceof Step.Rebalance) {
            return new Step.Rebalance(head);
        }
        if (step instanceof Step.PartitionBy partitionBy) {
            return new Step.PartitionBy(head, partitionBy.partitioner());
        }
        if (step instanceof Step.Broadcast) {
            return new Step.Broadcast(head);
        }
        if (step instanceof Step.KeyBy keyBy) {
            return new Step.KeyBy(head, keyBy.selector(), keyBy.keyType(), keyBy.ranges());
        }
        throw new IllegalStateException("step " + head.name() + " has no output to name");
    }
}
