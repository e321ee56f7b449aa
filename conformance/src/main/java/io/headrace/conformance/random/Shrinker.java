package io.headrace.conformance.random;

import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.StepLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a case that fails smaller, as long as it fails: takes out lines of the script, steps and
 * options, until nothing can be taken out.
 */
public final class Shrinker {
    /** What can be left out of a step. */
    private static final List<String> OPTIONS =
            List.of(
                    "late",
                    "lateness",
                    "offset",
                    "bounds",
                    "early",
                    "late-firing",
                    "discarding",
                    "parallelism",
                    "splits",
                    "unbounded");

    private final Predicate<RandomCase> fails;

    /**
     * Shrinks cases that fail in one way.
     *
     * @param fails whether a smaller case still does; asked for valid pipelines only
     */
    public Shrinker(Predicate<RandomCase> fails) {
        this.fails = each -> Validity.idlesInOrder(each) && fails.test(each);
    }

    /** Returns the smallest case that was found. */
    public RandomCase shrink(RandomCase failing) {
        RandomCase smallest = failing;
        while (true) {
            RandomCase current = smallest;
            Optional<RandomCase> smaller =
                    withFewerLines(current).or(() -> withFewerSteps(current));
            if (smaller.isEmpty()) {
                return smallest;
            }
            smallest = smaller.get();
        }
    }

    private Optional<RandomCase> withFewerLines(RandomCase failing) {
        List<ScriptLine> script = failing.script();
        for (int size = Math.max(1, script.size() / 2); size > 0; size /= 2) {
            for (int from = 0; from + size <= script.size(); from += size) {
                List<ScriptLine> left = new ArrayList<>(script.subList(0, from));
                left.addAll(script.subList(from + size, script.size()));
                RandomCase smaller = new RandomCase(failing.pipeline(), left);
                if (fails.test(smaller)) {
                    return Optional.of(smaller);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<RandomCase> withFewerSteps(RandomCase failing) {
        PipelineText pipeline = failing.pipeline();
        List<PipelineText> smaller = new ArrayList<>();
        for (StepLine line : pipeline.lines()) {
            smaller.add(pipeline.without(line));
            for (String option : OPTIONS) {
                if (line.options().containsKey(option)) {
                    smaller.add(pipeline.with(line, line.without(option)));
                }
            }
            if (line.inputs().size() > 1) {
                smaller.add(pipeline.with(line, line.from(line.inputs().subList(0, 1))));
            }
        }
        return smaller.stream()
                .filter(Validity::holds)
                .map(each -> new RandomCase(each, scriptFor(each, failing.script())))
                .filter(fails)
                .findFirst();
    }

    /** Leaves out what happens to sources and splits that are gone. */
    private static List<ScriptLine> scriptFor(PipelineText pipeline, List<ScriptLine> script) {
        return script.stream()
                .filter(
                        line ->
                                line.source() == null
                                        || pipeline.of("source").stream()
                                                .anyMatch(source -> has(source, line)))
                .toList();
    }

    private static boolean has(StepLine source, ScriptLine line) {
        boolean neverIdle = PipelineText.bounded(source);
        return source.name().equals(line.source())
                && Integer.parseInt(line.split()) < PipelineText.splits(source)
                && !(neverIdle && line.action() == ScriptLine.Action.IDLE);
    }
}
