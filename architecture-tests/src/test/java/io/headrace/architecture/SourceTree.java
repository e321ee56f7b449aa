package io.headrace.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a checkout, found by walking up from where the tests run.
 *
 * @param root the directory with the first {@code pom.xml}
 */
public record SourceTree(Path root) {
    private static final Pattern MODULE = Pattern.compile("<module>\\s*([^<\\s]+)\\s*</module>");

    /** Returns the checkout that these tests belong to. */
    public static SourceTree ofThisBuild() {
        Path directory = Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
        while (directory != null && !Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException(
                    "no directory .mvn above "
                            + Path.of("").toAbsolutePath()
                            + "; run the tests inside a checkout");
        }
        return new SourceTree(directory);
    }

    /** Returns the directories of all modules relative to the root, with {@code /} in between. */
    public List<String> modules() {
        List<String> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(""));
        while (!open.isEmpty()) {
            String parent = open.remove();
            Matcher module = MODULE.matcher(read(root.resolve(parent).resolve("pom.xml")));
            while (module.find()) {
                String directory =
                        parent.isEmpty() ? module.group(1) : parent + "/" + module.group(1);
                found.add(directory);
                open.add(directory);
            }
        }
        return found;
    }

    /** Returns the modules that have main code. */
    public List<String> modulesWithMainCode() {
        return modules().stream()
                .filter(module -> Files.isDirectory(root.resolve(module).resolve("src/main/java")))
                .toList();
    }

    /** Returns the files below a directory that end so, in name order; none if it is absent. */
    public List<Path> files(String directory, String ending) {
        Path start = root.resolve(directory);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(start)) {
            return walk.filter(path -> path.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a path as it is written in messages: relative to the root, with {@code /}. */
    public String relative(Path file) {
        return root.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
    }

    /** Returns the whole text of a file. */
    public static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
