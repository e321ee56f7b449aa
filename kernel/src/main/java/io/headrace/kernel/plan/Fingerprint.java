package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A checksum of what the state of a pipeline depends on: names, kinds, states and shapes of its
 * steps.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** Returns the fingerprint, 64 hexadecimal digits. Parallelism and chains do not matter. */
    public static String of(Graph graph) {
        StringBuilder text = new StringBuilder(graph.name()).append('\n');
        for (Step step : graph.steps()) {
            text.append(StepKind.of(step)).append(' ').append(step.name()).append('\n');
            if (step instanceof Step.Stateful stateful) {
                stateful.function().states().forEach(state -> text.append(state).append('\n'));
                stateful.function()
                        .declarations()
                        .broadcast()
                        .forEach(state -> text.append("broadcast ").append(state).append('\n'));
            }
            text.append(StepShape.of(graph, step)).append('\n');
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
