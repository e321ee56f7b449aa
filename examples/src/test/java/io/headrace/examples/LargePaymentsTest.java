package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargePaymentsTest {
    @TempDir private Path directory;

    @BeforeEach
    void writePayments() throws IOException {
        Files.writeString(
                directory.resolve("payments.csv"),
                """
                id,time,account,amount
                1,2024-05-01T09:00:00Z,anna,999.99
                2,2024-05-01T09:00:01Z,ben,1000.00
                3,2024-05-01T09:00:02Z,"carla, joint",1000.01
                4,2024-05-01T09:00:03Z,anna,25000.00
                """);
    }

    @Test
    void copiesLargePaymentsOnly() throws Exception {
        LargePayments.run(directory);

        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "{\"id\":3,\"time\":\"2024-05-01T09:00:02Z\",\"account\":\"carla, joint\","
                                + "\"amount\":1000.01}",
                        "{\"id\":4,\"time\":\"2024-05-01T09:00:03Z\",\"account\":\"anna\","
                                + "\"amount\":25000.00}");
    }

    @Test
    void startedAgainAfterTheEndItRepeatsNothing() throws Exception {
        LargePayments.run(directory);
        List<String> before = lines();

        LargePayments.run(directory);

        assertThat(lines()).isEqualTo(before).hasSize(2);
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("large"))) {
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
