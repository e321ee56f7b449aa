package io.headrace.flink;

import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;

/** The types of side outputs. */
final class SideTypes {
    private SideTypes() {}

    /** Returns the type of a side output of a step. */
    static Type<?> of(Step step, String name) {
        List<Side<?>> sides = new ArrayList<>();
        if (step instanceof Step.Stateful stateful) {
            sides.addAll(stateful.function().sides());
        }
        if (step instanceof Step.BroadcastProcess process) {
            sides.add(process.waiting().late());
        } else if (step instanceof Step.Window window) {
            sides.add(window.late());
        } else if (step instanceof Step.LookBack lookBack) {
            sides.add(lookBack.late());
        } else if (step instanceof Step.SortByTime sort) {
            sides.add(sort.late());
        }
        return sides.stream()
                .filter(side -> side != null && side.name().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
    }
}
