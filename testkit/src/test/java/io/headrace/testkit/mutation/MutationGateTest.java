package io.headrace.testkit.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mutant is noticed by its suite within ten times the seeds that this took when it was
 * measured.
 *
 * <p>{@code -Dheadrace.mutants=} chooses: {@code all}, or a part of a name. Without it a third
 * runs, and {@code -Dheadrace.seed=} says which; the seeds of the suites are always the same.
 * {@code measure:all}, or {@code measure:} and a part of a name, takes the medians anew and writes
 * them into the patches.
 */
class MutationGateTest {
    private static final String CHOSEN =
            System.getProperty("headrace.mutants", "").replace("measure:", "");
    private static final int PARTS = 3;

    /** Where the seeds of a measurement begin; the gate uses the first. */
    private static final List<Long> STARTS = List.of(1L, 100_000L, 200_000L, 300_000L, 400_000L);

    private static final int MEASURED_MAX = 5_000;

    /** The tests of a module run in its directory. */
    private static final Path PATCHES = Path.of("src/test/mutations").toAbsolutePath();

    @TempDir private Path directory;

    @Test
    @DisabledIfSystemProperty(named = "headrace.mutants", matches = "measure.*")
    void everyMutantIsKilled() throws Exception {
        long seed = Long.getLong("headrace.seed", new SecureRandom().nextLong() >>> 48);
        List<Mutant> mutants = mutants();
        List<Mutant> chosen = choose(mutants, seed);

        List<Integer> seeds =
                inParallel(chosen.stream().<Callable<Integer>>map(m -> () -> kill(m)).toList());

        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            if (seeds.get(i) == 0) {
                survivors.add(chosen.get(i).name() + " within " + chosen.get(i).limit());
            }
        }
        System.out.printf(
                "mutation gate: mutants=%d killed=%d run=%d seed=%d%n",
                mutants.size(), seeds.size() - survivors.size(), seeds.size(), seed);
        assertThat(survivors).as("what nobody notices is a hole in the tests").isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "headrace.mutants", matches = "measure.*")
    void measuresTheMedians() throws Exception {
        List<Callable<Integer>> measurements = new ArrayList<>();
        List<Mutant> mutants = choose(mutants(), 0);
        for (Mutant mutant : mutants) {
            STARTS.forEach(start -> measurements.add(() -> seeds(mutant, start, MEASURED_MAX)));
        }

        List<Integer> seeds = inParallel(measurements);

        for (int i = 0; i < mutants.size(); i++) {
            List<Integer> taken = seeds.subList(i * STARTS.size(), (i + 1) * STARTS.size());
            System.out.printf("mutant %s: %s%n", mutants.get(i).name(), taken);
            assertThat(taken).as(mutants.get(i).name()).doesNotContain(0);
            writeMedian(mutants.get(i), taken.stream().sorted().toList().get(STARTS.size() / 2));
        }
    }

    private static List<Mutant> mutants() throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        try (Stream<Path> files = Files.list(PATCHES)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".patch", "");
                mutants.add(Mutant.parse(name, Files.readAllLines(file)));
            }
        }
        return mutants;
    }

    private static List<Mutant> choose(List<Mutant> mutants, long seed) {
        if (CHOSEN.isEmpty()) {
            return IntStream.range(0, mutants.size())
                    .filter(place -> place % PARTS == Math.floorMod(seed, PARTS))
                    .mapToObj(mutants::get)
                    .toList();
        }
        return mutants.stream()
                .filter(mutant -> CHOSEN.equals("all") || mutant.name().contains(CHOSEN))
                .toList();
    }

    private int kill(Mutant mutant) throws Exception {
        return seeds(mutant, STARTS.get(0), mutant.limit());
    }

    private int seeds(Mutant mutant, long start, int seedsMax) throws Exception {
        Path root = PATCHES.getRoot().resolve(PATCHES.subpath(0, PATCHES.getNameCount() - 4));
        MutantRunner.Verdict verdict =
                new MutantRunner(root, directory).run(mutant, start, seedsMax);
        System.out.printf(
                "mutant %s: %s%n",
                mutant.name(),
                verdict.seeds() == 0
                        ? "not noticed in " + seedsMax + " seeds"
                        : "noticed at seed %d of %d: %s"
                                .formatted(verdict.seeds(), seedsMax, verdict.why()));
        return verdict.seeds();
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> task : pool.invokeAll(tasks)) {
                results.add(task.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void writeMedian(Mutant mutant, int median) throws IOException {
        Path file = PATCHES.resolve(mutant.name() + ".patch");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("(?m)^# median: .*$", "# median: " + median));
    }
}
