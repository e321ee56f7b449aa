package io.headrace.conformance.run;

import io.headrace.conformance.random.RandomCase;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.Scenario;
import io.headrace.conformance.scenario.ScriptLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Compares a subject under test with scenarios, and with the reference on random cases. */
public final class Conformance {
    private static final int[] PARALLELISMS = {1, 2, 4};

    private final Subject reference = new ReferenceSubject();
    private final Subject tested;

    /** Tests a subject. */
    public Conformance(Subject tested) {
        this.tested = tested;
    }

    /** Returns what the reference says. */
    public Outcome expected(RandomCase random) {
        return reference.run(random.pipeline(), random.script(), Variation.at(1));
    }

    /**
     * Returns the first difference between a scenario and the reference, or the subject at
     * parallelism 1, 2 and 4: undisturbed, with a checkpoint behind every line, and with a restart
     * behind every line, each time at another parallelism; and with lines that do not wait for each
     * other, where that makes no difference.
     */
    public Optional<String> difference(Scenario scenario) {
        Outcome said = reference.run(scenario.pipeline(), scenario.script(), Variation.at(1));
        Outcome expected = new Outcome(scenario.expected(), said.counts(), -1);
        Comparison comparison = Comparison.lineByLine(scenario.pipeline());
        Optional<String> difference =
                comparison
                        .difference(expected, said)
                        .or(() -> counts(scenario, said))
                        .map(found -> "reference: " + found);
        List<Variation> variations = new ArrayList<>();
        for (int parallelism : PARALLELISMS) {
            variations.add(Variation.at(parallelism));
            variations.add(Variation.checkpointedAt(parallelism));
        }
        variations.add(Variation.copiedAt(2));
        variations.add(Variation.restarted(1, 1, 2, 4));
        variations.add(Variation.restarted(1, 4, 1));
        RandomCase given = new RandomCase(scenario.pipeline(), scenario.script());
        for (Variation variation : variations) {
            if (difference.isEmpty()) {
                difference = difference(given, variation, comparison, expected);
            }
        }
        Interleaving interleaving = new Interleaving(scenario.pipeline(), scenario.script());
        if (interleaving.makesNoDifference()) {
            Comparison inTheEnd = Comparison.unsettled(scenario.pipeline(), interleaving);
            for (int parallelism : PARALLELISMS) {
                if (difference.isEmpty()) {
                    Variation unsettled = Variation.unsettled(parallelism, 0);
                    difference = difference(given, unsettled, inTheEnd, expected);
                }
            }
        }
        return difference;
    }

    private static Optional<String> counts(Scenario scenario, Outcome said) {
        for (Map.Entry<String, Map<String, Long>> step : scenario.counts().entrySet()) {
            for (Map.Entry<String, Long> count : step.getValue().entrySet()) {
                long actual = said.counts().get(step.getKey()).named(count.getKey());
                if (actual != count.getValue()) {
                    return Optional.of(
                            "step " + step.getKey() + " has " + count.getKey() + "=" + actual);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the first difference between the reference and the subject on a random case.
     *
     * @param seed decides which variations are tried; the same for a case that is being shrunk
     */
    public Optional<String> difference(RandomCase random, long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        Outcome expected = expected(random);
        Comparison comparison = Comparison.lineByLine(random.pipeline());
        Optional<String> difference = Optional.empty();
        for (Variation variation : variations(dice)) {
            if (difference.isEmpty()) {
                difference = difference(random, variation, comparison, expected);
            }
        }
        Interleaving interleaving = new Interleaving(random.pipeline(), random.script());
        if (difference.isEmpty() && interleaving.makesNoDifference()) {
            List<ScriptLine> script =
                    interleaving.hasSeveralSplits()
                            ? shuffled(random.script(), dice)
                            : random.script();
            Variation variation =
                    Variation.unsettled(PARALLELISMS[dice.nextInt(3)], dice.nextInt(10));
            difference =
                    difference(
                            new RandomCase(random.pipeline(), script),
                            variation,
                            Comparison.unsettled(random.pipeline(), interleaving),
                            expected);
        }
        return difference;
    }

    /**
     * Returns what is wrong with windows over several splits with late records, which overtake one
     * another: the records that were counted in, and no others, must be in the results.
     */
    public Optional<String> differenceToCountedIn(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        PipelineText pipeline = CountedIn.pipeline(2 + dice.nextInt(3), dice.nextInt(2) * 30);
        RandomCase random = RandomCase.of(pipeline, dice.split());
        Variation variation =
                Variation.unsettled(PARALLELISMS[dice.nextInt(3)], 5 + dice.nextInt(20));
        Outcome actual = tested.run(pipeline, random.script(), variation);
        return new CountedIn(reference)
                .difference(random, actual)
                .map(
                        found ->
                                variation
                                        + ": "
                                        + found
                                        + "\n"
                                        + random.pipeline()
                                        + random.script());
    }

    private static List<Variation> variations(SplittableRandom dice) {
        int first = dice.nextInt(3);
        return List.of(
                Variation.at(PARALLELISMS[first]),
                Variation.checkpointedAt(PARALLELISMS[(first + 1) % 3]),
                Variation.restarted(
                        1 + dice.nextInt(8),
                        PARALLELISMS[(first + 2) % 3],
                        PARALLELISMS[dice.nextInt(3)],
                        PARALLELISMS[dice.nextInt(3)]));
    }

    private Optional<String> difference(
            RandomCase given, Variation variation, Comparison comparison, Outcome expected) {
        Outcome actual;
        try {
            actual = tested.run(given.pipeline(), given.script(), variation);
        } catch (RuntimeException | Error failed) {
            return Optional.of(variation + ": " + failed);
        }
        return comparison.difference(expected, actual).map(found -> variation + ": " + found);
    }

    /** Lets splits overtake one another; each keeps its own order, and so does what is for all. */
    private static List<ScriptLine> shuffled(List<ScriptLine> script, SplittableRandom dice) {
        List<ScriptLine> shuffled = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= script.size(); i++) {
            if (i == script.size() || script.get(i).source() == null) {
                shuffled.addAll(interleaved(script.subList(from, i), dice));
                if (i < script.size()) {
                    shuffled.add(script.get(i));
                }
                from = i + 1;
            }
        }
        return shuffled;
    }

    private static List<ScriptLine> interleaved(List<ScriptLine> lines, SplittableRandom dice) {
        Map<String, List<ScriptLine>> splits = new HashMap<>();
        List<String> turns = new ArrayList<>();
        for (ScriptLine line : lines) {
            String split = line.source() + "/" + line.split();
            splits.computeIfAbsent(split, any -> new ArrayList<>()).add(line);
            turns.add(split);
        }
        List<ScriptLine> mixed = new ArrayList<>();
        while (!turns.isEmpty()) {
            String split = turns.remove(dice.nextInt(turns.size()));
            mixed.add(splits.get(split).remove(0));
        }
        return mixed;
    }
}
