package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.Runner;
import io.headrace.Windows;
import io.headrace.connector.EventTime;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipelines on a cluster in this process give what they give on the embedded engine. */
class FlinkRunnerTest {
    private static final int FILES = 3;
    private static final int ROWS = 4_000;

    /** A reading of a sensor. */
    record Reading(long time, String sensor, long value) {}

    /** What was read in a minute. */
    record Minute(String sensor, long start, long readings) {}

    @TempDir private Path directory;

    private Pipeline minutes(String out) {
        Pipeline pipeline = Pipeline.create("minutes").keyGroups(32);
        pipeline.readFrom(
                        "readings",
                        Files.csv(directory.resolve("in/*.csv").toString(), Reading.class)
                                .eventTime(
                                        EventTime.ofMillis(Reading::time, Duration.ofSeconds(30))))
                .filter(reading -> reading.value() > 0)
                .keyBy(Reading::sensor)
                .window(Windows.hopping(Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .aggregate(
                        "per-minute",
                        Aggregates.count(),
                        (sensor, window, readings) ->
                                new Minute(sensor, window.startMillis(), readings))
                .writeTo("minutes", Files.jsonLinesTo(directory.resolve(out), Minute.class));
        return pipeline;
    }

    private void writeReadings() throws IOException {
        Random random = new Random(7);
        java.nio.file.Files.createDirectories(directory.resolve("in"));
        for (int file = 0; file < FILES; file++) {
            List<String> lines = new ArrayList<>(List.of("time,sensor,value"));
            for (int row = 0; row < ROWS; row++) {
                long time = row * 100L - random.nextInt(20_000);
                lines.add(time + ",s" + random.nextInt(50) + "," + random.nextInt(5));
            }
            java.nio.file.Files.write(directory.resolve("in/" + file + ".csv"), lines);
        }
    }

    private List<String> run(Runner runner, String out) throws Exception {
        try (Job job = runner.start(minutes(out))) {
            job.await();
            assertThat(job.metrics().step("readings").in()).isEqualTo(FILES * ROWS);
        }
        return PublishedLines.sorted(directory.resolve(out));
    }

    @ParameterizedTest
    @CsvSource({"1,hashmap", "2,hashmap", "2,rocksdb"})
    void windowsOfFilesAreThoseOfTheEmbeddedEngine(int parallelism, String backend)
            throws Exception {
        writeReadings();
        List<String> expected = run(EmbeddedRunner.inMemory(), "expected");

        List<String> found =
                run(
                        FlinkRunner.create(directory.resolve("scratch"))
                                .parallelism(parallelism)
                                .checkpointInterval(Duration.ofMillis(100))
                                .option("restart-strategy.type", "none")
                                .option("state.backend.type", backend),
                        "found");

        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void refusesUnalignedCheckpoints() {
        assertThatThrownBy(
                        () ->
                                FlinkRunner.create(directory)
                                        .option("execution.checkpointing.unaligned.enabled", "true")
                                        .start(minutes("out")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execution.checkpointing.unaligned.enabled is true");
    }
}
