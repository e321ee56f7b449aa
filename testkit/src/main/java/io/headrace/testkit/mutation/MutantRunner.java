package io.headrace.testkit.mutation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles a changed source file against the classes of the build and runs a suite with the result
 * in front of them.
 */
final class MutantRunner {
    /** A mutant that makes something hang says nothing about the suite. */
    private static final long MINUTES_MAX = 20;

    private final Path root;
    private final Path directory;
    private final String suite;

    /**
     * Creates a runner.
     *
     * @param root of the project
     * @param directory takes the classes
     * @param suite a class with {@code static run(long seed)}, which throws if it notices anything
     */
    MutantRunner(Path root, Path directory, String suite) {
        this.root = root;
        this.directory = directory;
        this.suite = suite;
    }

    /**
     * What came out.
     *
     * @param seeds how many it took; 0 if nothing was noticed
     */
    record Verdict(int seeds, String why) {}

    /** Runs the suite against a mutant. */
    Verdict run(Mutant mutant, long firstSeed, int seedsMax)
            throws IOException, InterruptedException, TimeoutException {
        Path classes = Files.createTempDirectory(directory, mutant.name());
        compile(mutant, classes);
        Path output = Files.createTempFile(directory, mutant.name(), ".txt");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-ea",
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classes + System.getProperty("path.separator") + classPath(),
                                SeedLoop.class.getName(),
                                suite,
                                Long.toString(firstSeed),
                                Integer.toString(seedsMax))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new TimeoutException(mutant.name() + " hangs: make it another mistake");
            }
        } finally {
            process.destroyForcibly();
        }
        return verdict(mutant, Files.readString(output));
    }

    private static Verdict verdict(Mutant mutant, String output) {
        String[] parts = output.strip().split(" ", 2);
        if (!parts[0].matches("[0-9]+")) {
            throw new IllegalStateException(mutant.name() + " ended without a verdict: " + output);
        }
        return new Verdict(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    private void compile(Mutant mutant, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String source = mutant.apply(Files.readString(root.resolve(mutant.file())));
        boolean compiled =
                compiler.getTask(
                                null,
                                null,
                                null,
                                List.of(
                                        "-proc:none",
                                        "-classpath",
                                        classPath(),
                                        "-d",
                                        classes.toString()),
                                null,
                                List.of(new Source(mutant.file(), source)))
                        .call();
        if (!compiled) {
            throw new IllegalStateException(mutant.name() + " does not compile");
        }
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** A source file that exists as text only. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(
                    URI.create(
                            "string:///"
                                    + file.substring(
                                            file.indexOf("src/main/java/")
                                                    + "src/main/java/".length())),
                    Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
