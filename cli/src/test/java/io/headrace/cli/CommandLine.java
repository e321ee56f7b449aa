package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the command in this process, as {@link Main} would, on a directory of the test. */
final class CommandLine {
    private final Path directory;

    /** How a command ended, and what it printed. */
    record Ended(int code, String out, String err) {
        Ended isExit(int expected) {
            assertThat(code).as(err).isEqualTo(expected);
            return this;
        }

        Ended says(String... parts) {
            assertThat(err).contains(parts);
            return this;
        }
    }

    CommandLine(Path directory) {
        this.directory = directory;
    }

    static Ended headrace(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Headrace(Console.of(out, err), List::of).run(List.of(words));
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Path state() {
        return directory.resolve("state");
    }

    /** Runs a pipeline on the state of this directory. */
    Ended run(Class<?> pipeline, Object... arguments) {
        List<String> words = new ArrayList<>(List.of("run", "--state", state().toString()));
        words.addAll(List.of("--parallelism", "2", pipeline.getName()));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return headrace(words.toArray(String[]::new));
    }

    /** Returns the lines of all parts that the job has published. */
    List<String> published() throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.isDirectory(directory.resolve("out"))) {
            try (Stream<Path> parts = Files.list(directory.resolve("out"))) {
                for (Path part : parts.sorted().toList()) {
                    lines.addAll(Files.readAllLines(part));
                }
            }
        }
        return lines;
    }

    /** Returns the lines of the file of dead letters. */
    List<String> deadLetters() throws IOException {
        Path file = state().resolve("dead-letters.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
