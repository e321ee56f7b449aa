package io.headrace.testkit.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The mutants of one module, and the suite that must notice each within ten times the seeds that
 * this took when it was measured.
 *
 * <p>The patches are in {@code src/test/mutations} of the module; their first lines name the suite
 * and the median. Mutants run in processes of their own, as many at a time as there are cores. What
 * happens to each is printed.
 *
 * <p><b>Threading.</b> One thread at a time; a call takes as long as its mutants do. <b>Errors.</b>
 * A patch that does not fit, does not compile or names another suite ends the call with the
 * exception that says so.
 */
public final class MutationGate {
    /** Of the mutants that {@code ""} chooses from, one in this number runs. */
    private static final int PARTS = 3;

    /** Where the seeds of a measurement begin; the gate uses the first. */
    private static final List<Long> STARTS =
            LongStream.range(0, 9).map(i -> i * 100_000 + 1).boxed().toList();

    private static final int MEASURED_MAX = 5_000;

    private final Path project;
    private final Path patches;
    private final String suiteName;
    private final MutantRunner runner;

    /**
     * Creates the gate of a module.
     *
     * @param module its directory, absolute, in the root of the project
     * @param suiteName what the patches call the suite
     * @param suite a public class with {@code public static run(long seed)}, which throws if it
     *     notices anything
     * @param directory takes classes and outputs
     */
    public MutationGate(Path module, String suiteName, Class<?> suite, Path directory) {
        this.project = module.getParent();
        this.patches = module.resolve("src/test/mutations");
        this.suiteName = suiteName;
        this.runner = new MutantRunner(project, directory, suite.getName());
    }

    /**
     * Runs mutants and returns those that the suite did not notice, with the number of seeds.
     *
     * @param chosen {@code all}, a part of a name, or {@code ""} for a third of all
     * @param seed says which third; the seeds of the suite are always the same
     */
    public List<String> survivors(String chosen, long seed)
            throws IOException, InterruptedException, ExecutionException {
        List<Mutant> mutants = mutants();
        List<Mutant> run = choose(mutants, chosen, seed);
        List<Integer> seeds =
                inParallel(
                        run.stream()
                                .<Callable<Integer>>map(
                                        m -> () -> seeds(m, STARTS.get(0), m.limit()))
                                .toList());
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            if (seeds.get(i) == 0) {
                survivors.add(run.get(i).name() + " within " + run.get(i).limit());
            }
        }
        System.out.printf(
                "mutation gate, %s: mutants=%d killed=%d run=%d seed=%d%n",
                suiteName, mutants.size(), run.size() - survivors.size(), run.size(), seed);
        return survivors;
    }

    /**
     * Measures after how many seeds the suite notices mutants, and writes the medians into their
     * patches.
     *
     * @param chosen {@code all}, or a part of a name
     * @return those that it did not notice at every start, whose patches stay as they are
     */
    public List<String> measure(String chosen)
            throws IOException, InterruptedException, ExecutionException {
        List<Callable<Integer>> measurements = new ArrayList<>();
        List<Mutant> mutants = choose(mutants(), chosen, 0);
        for (Mutant mutant : mutants) {
            STARTS.forEach(start -> measurements.add(() -> seeds(mutant, start, MEASURED_MAX)));
        }
        List<Integer> seeds = inParallel(measurements);
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < mutants.size(); i++) {
            List<Integer> taken = seeds.subList(i * STARTS.size(), (i + 1) * STARTS.size());
            System.out.printf("mutant %s: %s%n", mutants.get(i).name(), taken);
            if (taken.contains(0)) {
                survivors.add(mutants.get(i).name() + " " + taken);
            } else {
                writeMedian(mutants.get(i), taken.stream().sorted().toList().get(taken.size() / 2));
            }
        }
        return survivors;
    }

    /** Reads all patches; that each still fits is seen at once, not when its turn comes. */
    private List<Mutant> mutants() throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        try (Stream<Path> files = Files.list(patches)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".patch", "");
                Mutant mutant = Mutant.parse(name, Files.readAllLines(file));
                if (!mutant.killer().equals(suiteName)) {
                    throw new IllegalArgumentException(name + ": no suite " + mutant.killer());
                }
                mutant.apply(Files.readString(project.resolve(mutant.file())));
                mutants.add(mutant);
            }
        }
        return mutants;
    }

    private static List<Mutant> choose(List<Mutant> mutants, String chosen, long seed) {
        if (chosen.isEmpty()) {
            return IntStream.range(0, mutants.size())
                    .filter(place -> place % PARTS == Math.floorMod(seed, PARTS))
                    .mapToObj(mutants::get)
                    .toList();
        }
        return mutants.stream()
                .filter(mutant -> chosen.equals("all") || mutant.name().contains(chosen))
                .toList();
    }

    private int seeds(Mutant mutant, long start, int seedsMax) throws Exception {
        MutantRunner.Verdict verdict = runner.run(mutant, start, seedsMax);
        System.out.printf(
                "mutant %s: %s%n",
                mutant.name(),
                verdict.seeds() == 0
                        ? "not noticed in " + seedsMax + " seeds"
                        : "noticed at seed %d of %d: %s"
                                .formatted(verdict.seeds(), seedsMax, verdict.why()));
        return verdict.seeds();
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
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

    private void writeMedian(Mutant mutant, int median) throws IOException {
        Path file = patches.resolve(mutant.name() + ".patch");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("(?m)^# median: .*$", "# median: " + median));
    }
}
