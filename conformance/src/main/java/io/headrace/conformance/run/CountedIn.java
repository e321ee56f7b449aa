package io.headrace.conformance.run;

import io.headrace.conformance.random.RandomCase;
import io.headrace.conformance.scenario.Emission;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.ScriptLine.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges results where it depends on what overtakes what which records are late: whatever was
 * counted in must be in the results, and whatever was not must have come out as late.
 *
 * <p>What a window gave last is compared with the reference, which gets the records that were not
 * late, and no watermark before the end.
 */
final class CountedIn {
    private final Subject reference;

    CountedIn(Subject reference) {
        this.reference = reference;
    }

    /** Returns a pipeline that can be judged: windows over all splits of a source. */
    static PipelineText pipeline(int splits, int lateness) {
        return PipelineText.parse(
                List.of(
                        "in = source splits=" + splits,
                        "keyed = keyBy in by=name",
                        "sums = window keyed size=50 late=tardy aggregate=sum lateness=" + lateness,
                        "out = write sums",
                        "late = write tardy"));
    }

    /** Returns what is wrong with an outcome, or nothing. */
    Optional<String> difference(RandomCase given, Outcome actual) {
        List<ScriptLine> countedIn = new ArrayList<>();
        long named = 0;
        for (ScriptLine line : given.script()) {
            if (line.action() != Action.WATERMARK) {
                countedIn.add(line);
            }
            named += line.action() == Action.RECORD && line.item().name() != null ? 1 : 0;
        }
        long late = 0;
        for (Emission emission : actual.emissions()) {
            if (emission.sink().equals("late")) {
                late++;
                if (!takeOut(emission, countedIn)) {
                    return Optional.of("late, but never read: " + emission);
                }
            }
        }
        Outcome.StepCounts counts = actual.counts().get("sums");
        if (counts.in() != named || counts.late() != late) {
            return Optional.of(named + " came and " + late + " were late, counted: " + counts);
        }
        Outcome expected = reference.run(given.pipeline(), countedIn, Variation.at(1));
        Map<String, String> wanted = lastResults(expected);
        Map<String, String> found = lastResults(actual);
        return wanted.equals(found)
                ? Optional.empty()
                : Optional.of("counted in\n  expected: " + wanted + "\n  actual:   " + found);
    }

    private static boolean takeOut(Emission late, List<ScriptLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            ScriptLine line = lines.get(i);
            if (line.action() == Action.RECORD
                    && line.number() == late.timestamp()
                    && line.item().toString().equals(late.text())) {
                lines.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Returns what each window of each key gave last. */
    private static Map<String, String> lastResults(Outcome outcome) {
        Map<String, String> last = new TreeMap<>();
        for (Emission emission : outcome.emissions()) {
            if (emission.sink().equals("out")) {
                last.put(emission.key() + "@" + emission.timestamp(), emission.text());
            }
        }
        return last;
    }
}
