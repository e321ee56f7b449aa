package io.headrace.examples.fraud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.examples.fraud.FraudFiles;
import io.headrace.examples.fraud.Quality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedResultsTest {
    @TempDir private Path directory;

    @Test
    void takesATransactionForAFraudIfAnyOfItsLabelsSaysSo() throws Exception {
        Path labels = directory.resolve("labels.csv");
        Files.writeString(
                labels,
                """
                id,time,fraud,scenario
                1,2018-04-08T00:00:00Z,0,0
                1,2018-04-09T00:00:00Z,1,1
                2,2018-04-08T00:00:00Z,0,0
                """);
        Path features = Files.createDirectory(directory.resolve("features"));
        Files.writeString(
                features.resolve("part-1.jsonl"), decided(1, "BLOCK") + decided(2, "BLOCK"));
        FraudFiles files =
                new FraudFiles(
                        directory.resolve("none.csv"),
                        labels,
                        Map.of(),
                        Map.of(),
                        Duration.ZERO,
                        features,
                        directory.resolve("alerts"));

        Quality.Figures figures = new PublishedResults(files).figures();

        assertThat(figures.counted()).isEqualTo(2);
        assertThat(figures.precision()).isEqualTo(0.5);
    }

    private static String decided(long id, String decision) {
        return "{\"id\":"
                + id
                + ",\"time\":\"2018-04-01T00:00:00Z\",\"customer\":1,\"score\":0.9,\"decision\":\""
                + decision
                + "\"}\n";
    }
}
