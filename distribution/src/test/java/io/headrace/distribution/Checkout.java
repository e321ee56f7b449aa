package io.headrace.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A small checkout: the launcher, one module, a stand-in for Maven, and a command that prints its
 * arguments, one a line, and exits with their number.
 */
final class Checkout {
    private static final long START_SECONDS_MAX = 60;

    private static final String COMMAND =
            """
            package io.headrace.cli;

            public class Main {
                public static void main(String[] arguments) {
                    for (String each : arguments) {
                        System.out.println(each);
                    }
                    System.exit(arguments.length);
                }
            }
            """;

    private final Path root;
    private final Map<Process, Path> outputs = new HashMap<>();

    /** What a start printed, and how it ended. */
    record Ended(int exitCode, String out, String err) {}

    Checkout(Path root) throws IOException {
        this.root = root;
        Path repository = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        Files.createDirectories(source().getParent());
        copy(repository.resolve("headrace"), launcher());
        copy(repository.resolve("distribution/src/test/resources/mvnw"), root.resolve("mvnw"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(source(), COMMAND);
        compile();
    }

    Path launcher() {
        return root.resolve("headrace");
    }

    Path source() {
        return root.resolve("cli/src/main/java/io/headrace/cli/Main.java");
    }

    Path lock() {
        return root.resolve("distribution/target/build.lock");
    }

    /** Makes everything but the build older than the build. */
    void age() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.filter(path -> !path.startsWith(root.resolve("distribution"))).toList();
        }
        for (Path each : all) {
            Files.setLastModifiedTime(each, FileTime.fromMillis(1_000_000_000_000L));
        }
    }

    void breakBuild() throws IOException {
        Files.createFile(root.resolve("broken"));
    }

    /** Returns how often the launcher has built. */
    int builds() throws IOException {
        Path file = root.resolve("builds");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    Ended start(String... arguments) throws Exception {
        return await(begin(launcher(), Map.of(), arguments));
    }

    /** Starts the launcher by a path, in an environment with these changes. */
    Process begin(Path launcher, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("HEADRACE_OPTS");
        builder.environment().putAll(environment);
        Path output = Files.createTempDirectory(root, "start");
        builder.redirectOutput(output.resolve("out").toFile());
        builder.redirectError(output.resolve("err").toFile());
        builder.directory(output.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        outputs.put(process, output);
        return process;
    }

    Ended await(Process process) throws Exception {
        if (!process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + START_SECONDS_MAX + " s");
        }
        Path output = outputs.get(process);
        return new Ended(
                process.exitValue(),
                Files.readString(output.resolve("out")),
                Files.readString(output.resolve("err")));
    }

    private void compile() throws IOException {
        Path classes = Files.createDirectory(root.resolve("classes"));
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source().toString());
        if (status != 0) {
            throw new AssertionError("the command does not compile");
        }
        try (OutputStream file = Files.newOutputStream(root.resolve("command.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry("io/headrace/cli/Main.class"));
            Files.copy(classes.resolve("io/headrace/cli/Main.class"), jar);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
