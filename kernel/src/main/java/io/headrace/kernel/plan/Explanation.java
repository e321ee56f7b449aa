package io.headrace.kernel.plan;

import io.headrace.graph.Input;
import io.headrace.graph.Step;
import java.util.List;
import java.util.Locale;

/** Writes a plan as text. */
final class Explanation {
    private Explanation() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        text.append("pipeline ").append(plan.graph().name()).append(": ");
        text.append(plan.chains().size()).append(" chains, ");
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
    }

    private static void edge(Plan plan, Step step, int input, StringBuilder text) {
        plan.edges().stream()
                .filter(edge -> edge.toStep() == step.id() && edge.toInput() == input)
                .forEach(
                        edge ->
                                text.append(" [")
                                        .append(edge.partitioning().name().toLowerCase(Locale.ROOT))
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
