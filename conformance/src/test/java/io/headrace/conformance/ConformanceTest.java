package io.headrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.conformance.random.RandomCase;
import io.headrace.conformance.random.Shrinker;
import io.headrace.conformance.run.Conformance;
import io.headrace.conformance.run.EngineSubject;
import io.headrace.conformance.run.Report;
import io.headrace.conformance.scenario.Scenario;
import io.headrace.testkit.mutation.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceTest {
    /** About a minute on two cores. */
    private static final int PIPELINES = 2_000;

    /** Fewer pipelines than this say little about an operator. */
    private static final int PIPELINES_PER_OPERATOR_MIN = 50;

    /** A second or two. */
    private static final int COUNTED_IN = 100;

    private static final Long REPLAYED = Long.getLong("headrace.seed");
    private static final long SEED =
            REPLAYED != null ? REPLAYED : Sources.seed("headrace.pipelines");

    private static final Report REPORT = new Report();
    private final Conformance conformance = new Conformance(new EngineSubject());

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void givesWhatTheScenarioSays(Path file) throws IOException {
        Scenario scenario = Scenario.parse(Files.readString(file));

        Optional<String> difference = conformance.difference(scenario);

        REPORT.ranScenario(difference.isPresent());
        assertThat(difference).as(file + ": " + scenario.reason()).isEmpty();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void givesWhatTheReferenceGives() {
        int pipelines = REPLAYED != null ? 1 : Integer.getInteger("headrace.pipelines", PIPELINES);
        IntStream.range(0, pipelines).parallel().forEach(i -> run(SEED + i));
        if (pipelines >= PIPELINES) {
            for (Map.Entry<String, Integer> operator : REPORT.pipelinesByOperator().entrySet()) {
                assertThat(operator.getValue())
                        .as("random pipelines with " + operator.getKey())
                        .isGreaterThanOrEqualTo(PIPELINES_PER_OPERATOR_MIN);
            }
        }
    }

    @Test
    void countsEveryRecordInOrAsLateWhateverOvertakesWhat() {
        for (int i = 0; i < COUNTED_IN; i++) {
            long seed = SEED + i;
            assertThat(conformance.differenceToCountedIn(seed)).as("seed " + seed).isEmpty();
        }
    }

    private void run(long seed) {
        RandomCase random = RandomCase.of(seed);
        Optional<String> difference = conformance.difference(random, seed);
        REPORT.ran(random, conformance.expected(random), difference.isPresent());
        if (difference.isPresent()) {
            throw new AssertionError(failure(random, seed));
        }
    }

    private String failure(RandomCase failing, long seed) {
        Shrinker shrinker = new Shrinker(each -> conformance.difference(each, seed).isPresent());
        RandomCase small = shrinker.shrink(failing);
        String difference = conformance.difference(small, seed).orElse("it fails now and then");
        Scenario scenario =
                new Scenario(
                        "found by seed " + seed,
                        small.pipeline(),
                        small.script(),
                        conformance.expected(small).emissions(),
                        Map.of());
        return "seed "
                + seed
                + " failed; replay it with: ./mvnw -pl conformance -am verify"
                + " -Dtest=ConformanceTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dheadrace.seed="
                + seed
                + "\n"
                + difference
                + "\nas a scenario, with what the reference says:\n"
                + scenario;
    }

    @AfterAll
    static void report() throws IOException {
        System.out.println(REPORT.text(SEED));
        Files.writeString(Path.of("target", "conformance.json"), REPORT.json(SEED));
    }
}
