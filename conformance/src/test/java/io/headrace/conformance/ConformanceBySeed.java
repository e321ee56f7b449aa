package io.headrace.conformance;

import io.headrace.conformance.random.RandomCase;
import io.headrace.conformance.run.Conformance;
import io.headrace.conformance.run.EngineSubject;
import io.headrace.conformance.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The suite in pieces, for the mutants: each seed has one scenario, in turn, one random pipeline,
 * and one in which records overtake each other.
 */
public final class ConformanceBySeed {
    private ConformanceBySeed() {}

    /** Runs one seed in the directory of the module; throws if there is a difference. */
    public static void run(long seed) throws IOException {
        Conformance conformance = new Conformance(new EngineSubject());
        List<Path> scenarios = ConformanceTest.scenarios();
        Path file = scenarios.get((int) Math.floorMod(seed, (long) scenarios.size()));
        Scenario scenario = Scenario.parse(Files.readString(file));
        throwIf(conformance.difference(scenario).map(found -> file + ": " + found));
        RandomCase random = RandomCase.of(seed);
        throwIf(conformance.difference(random, seed).map(found -> "random pipeline: " + found));
        throwIf(conformance.differenceToCountedIn(seed).map(found -> "overtaking: " + found));
    }

    private static void throwIf(Optional<String> difference) {
        if (difference.isPresent()) {
            throw new AssertionError(difference.get());
        }
    }
}
