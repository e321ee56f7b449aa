package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimerDeclaration;
import java.util.List;
import java.util.Locale;

/** Writes a plan as text. */
final class Explanation {
    private Explanation() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        text.append("pipeline ").append(plan.graph().name()).append(": ");
        int chains = plan.chains().size();
        text.append(chains).append(chains == 1 ? " chain, " : " chains, ");
        text.append(plan.graph().settings().keyGroups()).append(" key groups\n");
        for (PlannedChain chain : plan.chains()) {
            text.append("chain ").append(chain.id());
            text.append(" × ").append(chain.parallelism()).append('\n');
            for (int id : chain.steps()) {
                describe(plan, plan.graph().step(id), text);
            }
        }
        return text.toString();
    }

    private static void describe(Plan plan, Step step, StringBuilder text) {
        text.append("  ").append(StepKind.of(step)).append(' ').append(step.name());
        if (step.head().type() != null) {
            text.append(" : ").append(step.head().type());
        }
        List<Input> inputs = plan.inputs(step);
        if (!inputs.isEmpty()) {
            text.append("  ←");
        }
        for (int i = 0; i < inputs.size(); i++) {
            text.append(i == 0 ? " " : ", ").append(shown(plan, inputs.get(i)));
            edge(plan, step, i, text);
        }
        text.append('\n');
        StateLayout layout = OperatorFactory.layout(step);
        if (layout != null) {
            keeps(layout, plan.graph(), step, text);
        }
    }

    /** Shows what a step keeps per key, and what its state means: both stand in checkpoints. */
    private static void keeps(StateLayout layout, Graph graph, Step step, StringBuilder text) {
        for (StateDeclaration state : layout.states()) {
            text.append("    ").append(state.kind().name().toLowerCase(Locale.ROOT));
            text.append(' ').append(state.name()).append(" : ");
            if (state.keyType() != null) {
                text.append(SchemaText.write(state.keyType().schema())).append(" → ");
            }
            text.append(SchemaText.write(state.valueType().schema())).append('\n');
        }
        if (layout.broadcast() != null) {
            for (StateDeclaration map : layout.broadcast().maps()) {
                text.append("    broadcast ").append(map.name()).append(" : ");
                text.append(SchemaText.write(map.keyType().schema())).append(" → ");
                text.append(SchemaText.write(map.valueType().schema())).append('\n');
            }
        }
        for (TimerDeclaration timer : layout.timers()) {
            text.append("    timer ").append(timer.name()).append(" : ");
            text.append(StepShape.clock(timer)).append('\n');
        }
        StepShape.of(graph, step).entrySet().stream()
                .filter(part -> !part.getValue().isEmpty() && !StepShape.isTimer(part.getKey()))
                .forEach(part -> text.append("    ").append(part).append('\n'));
    }

    private static void edge(Plan plan, Step step, int input, StringBuilder text) {
        plan.edges().stream()
                .filter(edge -> edge.toStep() == step.id() && edge.toInput() == input)
                .forEach(
                        edge ->
                                text.append(" [")
                                        .append(edge.partitioning().name().toLowerCase(Locale.ROOT))
                                        .append(
                                                plan.localAggregate(edge).isPresent()
                                                        ? ", two phases"
                                                        : "")
                                        .append(']'));
    }

    private static String shown(Plan plan, Input input) {
        String name = plan.graph().step(input.step()).name();
        if (input.side() == null) {
            return name;
        }
        return name
                + (input.side().equals(Plan.DEAD_LETTERS)
                        ? " (dead letters)"
                        : " (side " + input.side() + ")");
    }
}
