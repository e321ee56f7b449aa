package io.headrace.examples.fraud.demo;

import io.headrace.StateRefusedException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the demo remembers beside the state: the options that must not change, and at the end the
 * summary. It also proves that state and output are the demo's own, before anything is deleted.
 */
final class DemoNote {
    private static final String SUMMARY = "summary.";

    private final DemoSettings settings;
    private final Path file;

    DemoNote(DemoSettings settings) {
        this.settings = settings;
        Path state = settings.state().toAbsolutePath().normalize();
        this.file = state.resolveSibling(state.getFileName() + ".demo.properties");
    }

    /**
     * Checks what an earlier start left.
     *
     * @return its summary, if it has finished
     * @throws StateRefusedException if it does not fit to these settings
     */
    Optional<Map<String, String>> check() throws IOException {
        Map<String, String> noted = read();
        if (noted.isEmpty()) {
            requireNew(settings.state(), "--state");
            requireNew(settings.files().features(), "--features");
            requireNew(settings.files().alerts(), "--output");
            return Optional.empty();
        }
        requireSame(noted);
        if (isEmpty(settings.state())) {
            requireNew(settings.files().features(), "--features");
            requireNew(settings.files().alerts(), "--output");
        }
        Map<String, String> summary = new LinkedHashMap<>();
        noted.forEach(
                (key, value) -> {
                    if (key.startsWith(SUMMARY)) {
                        summary.put(key.substring(SUMMARY.length()), value);
                    }
                });
        return summary.isEmpty() ? Optional.empty() : Optional.of(summary);
    }

    private void requireSame(Map<String, String> noted) {
        Map<String, String> now = settings.fixed();
        for (String option : now.keySet()) {
            String before = noted.getOrDefault(option, "none");
            if (!before.equals(now.get(option))) {
                throw new StateRefusedException(
                        "the state in "
                                + settings.state()
                                + " was made with "
                                + option
                                + " "
                                + before
                                + ", now it is "
                                + now.get(option)
                                + "; give the same again, or start over with --fresh");
            }
        }
    }

    private void requireNew(Path directory, String option) throws IOException {
        if (!isEmpty(directory)) {
            throw new StateRefusedException(
                    directory
                            + " is not empty, and "
                            + file
                            + " does not say that the demo wrote it; choose another with "
                            + option
                            + ", or remove it yourself");
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** Notes the settings; before the job starts. */
    void writeStarted() throws IOException {
        write(settings.fixed());
    }

    /** Notes the summary too; the job has finished. */
    void writeFinished(Map<String, String> summary) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings.fixed());
        summary.forEach((key, value) -> all.put(SUMMARY + key, value));
        write(all);
    }

    /**
     * Deletes state and output of earlier starts, as far as the note says that they are the demo's.
     *
     * @throws StateRefusedException if there is something else in their place
     */
    void deleteEarlier() throws IOException {
        Map<String, String> noted = read();
        if (!noted.isEmpty()) {
            deleteAll(settings.state());
            deleteAll(Path.of(noted.get("--features")));
            deleteAll(Path.of(noted.get("--output")));
            Files.delete(file);
        }
        check();
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Map<String, String> read() throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> all = new TreeMap<>();
        properties.forEach((key, value) -> all.put((String) key, (String) value));
        return all;
    }

    /** Complete or not at all. The order of keys is theirs, and no date is written. */
    private void write(Map<String, String> entries) throws IOException {
        StringBuilder text = new StringBuilder("# Written by headrace demo fraud.\n");
        entries.forEach(
                (key, value) ->
                        text.append(key.replace(" ", "\\ "))
                                .append('=')
                                .append(value.replace("\\", "\\\\"))
                                .append('\n'));
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.write(temporary, text.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
