package io.headrace.conformance.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pipeline, what happens to it line by line, and what must follow from each line.
 *
 * <pre>{@code
 * # The reason: a window fires when the watermark reaches its last millisecond, not before.
 * pipeline
 *   in = source
 *   keyed = keyBy in by=name
 *   sums = window keyed size=100 aggregate=sum
 *   out = write sums
 * run
 *   in/0 5 x 1
 *   in/0 watermark 98
 *   in/0 watermark 99
 *     out: x|1 @99
 * counts
 *   sums in=1 out=1 late=0
 * }</pre>
 *
 * @param reason what it shows, the first line of its text
 * @param script what happens, in this order
 * @param expected what comes to the sinks
 * @param counts what steps have counted in the end, of those that are named
 */
public record Scenario(
        String reason,
        PipelineText pipeline,
        List<ScriptLine> script,
        List<Emission> expected,
        Map<String, Map<String, Long>> counts) {
    /** Copies the lists. */
    public Scenario {
        script = List.copyOf(script);
        expected = List.copyOf(expected);
    }

    /**
     * Reads a scenario.
     *
     * @throws IllegalArgumentException if a line is not understood; names it
     */
    public static Scenario parse(String text) {
        String reason = "";
        String section = "";
        List<String> pipeline = new ArrayList<>();
        List<ScriptLine> script = new ArrayList<>();
        List<Emission> expected = new ArrayList<>();
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#")) {
                reason = reason.isEmpty() ? line.substring(1).trim() : reason;
            } else if (line.isBlank()) {
                continue;
            } else if (!line.startsWith(" ")) {
                section = line.trim();
            } else if (section.equals("pipeline")) {
                pipeline.add(line);
            } else if (section.equals("run") && Emission.matches(line)) {
                expected.add(Emission.parse(script.size() - 1, line));
            } else if (section.equals("run")) {
                script.add(ScriptLine.parse(line));
            } else if (section.equals("counts")) {
                StepLine count = StepLine.parse("counts = of " + line.trim());
                Map<String, Long> values = new LinkedHashMap<>();
                count.options().forEach((name, value) -> values.put(name, Long.valueOf(value)));
                counts.put(count.inputs().get(0), values);
            } else {
                throw new IllegalArgumentException(
                        "sections are pipeline, run and counts; found in " + section + ": " + line);
            }
        }
        return new Scenario(reason, PipelineText.parse(pipeline), script, expected, counts);
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("# " + reason + "\npipeline\n" + pipeline + "run\n");
        for (int i = 0; i < script.size(); i++) {
            text.append("  ").append(script.get(i)).append('\n');
            for (Emission emission : expected) {
                if (emission.line() == i) {
                    text.append("    ").append(emission).append('\n');
                }
            }
        }
        if (!counts.isEmpty()) {
            text.append("counts\n");
        }
        counts.forEach(
                (step, values) -> {
                    text.append("  ").append(step);
                    values.forEach((name, value) -> text.append(' ').append(name + "=" + value));
                    text.append('\n');
                });
        return text.toString();
    }
}
