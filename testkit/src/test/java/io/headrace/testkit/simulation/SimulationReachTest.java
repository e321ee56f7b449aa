package io.headrace.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.coordinator.Coordinator;
import io.headrace.kernel.plan.Plan;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The simulation runs what production runs: each class of kernel and engine is loaded by it, or
 * named here with the reason why not.
 */
class SimulationReachTest {
    private static final int SCHEDULES = 300;

    private static final String JOB = "io.headrace.engine.job.";

    /** Beginnings of names, each with its reason. */
    private static final Map<String, String> NOT_SIMULATED =
            Map.ofEntries(
                    Map.entry("io.headrace.engine.EmbeddedRunner", "the entry of users"),
                    Map.entry(JOB + "JobS", "opens real directories and starts the job"),
                    Map.entry(JOB + "EmbeddedJob", "the threads of a job, and its restarts"),
                    Map.entry(JOB + "EndedJob", "a job without threads"),
                    Map.entry(JOB + "CrashLoop", "decides about restarts"),
                    Map.entry(JOB + "Run", "the threads of an execution"),
                    Map.entry(JOB + "Worker", "a thread"),
                    Map.entry(JOB + "SystemClock", "the simulation has a clock of its own"),
                    Map.entry(JOB + "Scratch", "deletes real files"),
                    Map.entry(JOB + "D", "dead letters in a real file"),
                    Map.entry(JOB + "KeptDeadLetters", "gives back dead letters of real files"),
                    Map.entry("io.headrace.engine.tasklet.RedriveFile", "a real file of letters"),
                    Map.entry(JOB + "LateRecordFile", "late records in a real file"),
                    Map.entry("io.headrace.kernel.chain.LateRecord", "a sample for that file"),
                    Map.entry("io.headrace.kernel.checkpoint.File", "real storage"),
                    Map.entry("io.headrace.kernel.checkpoint.MappedCounters", "real storage"),
                    Map.entry("io.headrace.kernel.codec.", "types that no workload has"),
                    Map.entry(
                            "io.headrace.kernel.function.OperatorClasses$Copied$Place",
                            "copies of classes that are simulated; scenarios run on them"),
                    Map.entry("io.headrace.kernel.plan.Functions", "tells these copies apart"),
                    Map.entry("io.headrace.kernel.plan.Explanation", "a text for people"),
                    Map.entry("io.headrace.kernel.plan.Portability", "a check before any run"));

    @Test
    void everyClassOfKernelAndEngineIsSimulatedOrNamed() throws Exception {
        Set<String> missing = new TreeSet<>(classesOf(Plan.class));
        missing.addAll(classesOf(Coordinator.class));

        missing.removeAll(loadedBySimulation());

        Set<String> unnamed =
                missing.stream()
                        .filter(name -> !named(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unnamed)
                .as("classes that no schedule loads: simulate them, or name them")
                .isEmpty();
        Set<String> stale =
                NOT_SIMULATED.keySet().stream()
                        .filter(start -> missing.stream().noneMatch(name -> name.startsWith(start)))
                        .collect(Collectors.toSet());
        assertThat(stale).as("named and simulated: take their lines out").isEmpty();
    }

    private static boolean named(String name) {
        return NOT_SIMULATED.keySet().stream().anyMatch(name::startsWith);
    }

    private static Set<String> loadedBySimulation()
            throws IOException, ReflectiveOperationException {
        try (Recording loader = new Recording()) {
            var run = loader.loadClass(Simulation.class.getName()).getMethod("run", long.class);
            for (long seed = 1; seed <= SCHEDULES; seed++) {
                run.invoke(null, seed);
            }
            return loader.loaded;
        }
    }

    /** Returns the names of all classes that were compiled together with a class. */
    private static Set<String> classesOf(Class<?> one) throws IOException, URISyntaxException {
        Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return classesBelow(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classesBelow(jar.getPath("/"));
        }
    }

    private static Set<String> classesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(
                            name ->
                                    name.matches(".*[^0-9]\\.class")
                                            && !name.endsWith("-info.class"))
                    .map(name -> name.replace(".class", "").replaceAll("[/\\\\]", "."))
                    .collect(Collectors.toSet());
        }
    }

    /** Loads everything but the JDK anew, and keeps the names. */
    private static final class Recording extends URLClassLoader {
        final Set<String> loaded = ConcurrentHashMap.newKeySet();

        Recording() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Recording::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            loaded.add(name);
            return super.findClass(name);
        }
    }
}
