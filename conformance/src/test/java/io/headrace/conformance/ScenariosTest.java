package io.headrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The scenarios say many things, not one thing many times. */
class ScenariosTest {
    private static final int SCENARIOS_MIN = 150;

    @Test
    void differInMoreThanTheirNumbers() throws IOException {
        Map<String, Path> shapes = new HashMap<>();
        List<Path> files = ConformanceTest.scenarios();
        for (Path file : files) {
            Path same = shapes.put(shape(file), file);
            assertThat(same).as("tells the same as " + file).isNull();
        }
        assertThat(shapes).hasSizeGreaterThanOrEqualTo(SCENARIOS_MIN);
    }

    /** Returns what a scenario does, without its reason and its numbers. */
    private static String shape(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("-?[0-9]+(\\.[0-9]+)?", "N"))
                .collect(Collectors.joining("\n"));
    }
}
