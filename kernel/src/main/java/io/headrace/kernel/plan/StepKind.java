package io.headrace.kernel.plan;

import io.headrace.graph.Step;

/** The names of the kinds of steps, as they stand in checkpoints and explanations. */
public final class StepKind {
    private StepKind() {}

    /** Returns the name of the kind of a step, for example {@code look-back}. */
    public static String of(Step step) {
        StringBuilder kind = new StringBuilder();
        for (char letter : step.getClass().getSimpleName().toCharArray()) {
            if (Character.isUpperCase(letter) && kind.length() > 0) {
                kind.append('-');
            }
            kind.append(Character.toLowerCase(letter));
        }
        return kind.toString();
    }
}
