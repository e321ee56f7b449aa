package io.headrace.testkit.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testkit.mutation.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
    /** Less than two minutes on two cores. */
    private static final int SCHEDULES = 10_000;

    /** Each so many schedules one is run twice. */
    private static final int TWICE_EVERY = 50;

    @Test
    void showsEachResultOnceWhateverFails() {
        Long replayed = Long.getLong("headrace.seed");
        int schedules = replayed != null ? 1 : Integer.getInteger("headrace.schedules", SCHEDULES);
        long first = replayed != null ? replayed : Sources.seed("headrace.schedules");
        System.out.println("simulation: " + schedules + " schedules from seed " + first);

        Optional<AssertionError> failed =
                IntStream.range(0, schedules)
                        .parallel()
                        .mapToObj(i -> failure(first + i, i))
                        .flatMap(Optional::stream)
                        .findAny();
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    private static Optional<AssertionError> failure(long seed, int schedule) {
        try {
            Simulation.Result result = run(seed, schedule);
            if (schedule % TWICE_EVERY == 0) {
                assertThat(run(seed, schedule))
                        .as("the second run of seed " + seed)
                        .isEqualTo(result);
            }
            return Optional.empty();
        } catch (AssertionError failed) {
            return Optional.of(failed);
        }
    }

    /** Hashes of objects and of sets differ from process to process: nothing may go by them. */
    @Test
    void takesTheSameStepsInAnotherProcess() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-ea",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PrintedResults.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(printed.lines().toList()).isEqualTo(PrintedResults.lines());
    }

    @ParameterizedTest(name = "seed {0}: {1}")
    @CsvSource({
        "91, a split that is assigned behind a barrier is read once",
        "430, a timer that is overdue after a restore emits nothing late",
        "22, what a process sealed before a restart does not stay",
        "17, a split that has ended holds back no other",
        "53967612405637, a slow checkpoint of a fair schedule is in time",
        "60986576528925, a slow pace comes to its end"
    })
    void keepsWhatOnceFailed(long seed, String fact) {
        Simulation.Result result = run(seed, 0);

        assertThat(result.steps()).as(fact).isPositive();
    }

    private static Simulation.Result run(long seed, int schedule) {
        try {
            return Simulation.run(seed);
        } catch (SimulationFailure failed) {
            throw new AssertionError(
                    "schedule "
                            + schedule
                            + " failed; replay it with: ./mvnw -pl testkit -am verify"
                            + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                            + " -Dheadrace.seed="
                            + seed
                            + System.lineSeparator()
                            + failed.getMessage(),
                    failed);
        }
    }
}
