package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.Runner;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.examples.fraud.FraudFiles;
import io.headrace.examples.fraud.FraudObservers;
import io.headrace.examples.fraud.FraudPipeline;
import io.headrace.examples.fraud.FraudSimulator;
import io.headrace.examples.fraud.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Card fraud: look-backs, two keyed inputs, timers, two sources and two sinks. */
class FlinkFraudTest {
    @TempDir private Path directory;

    private List<List<String>> run(Runner runner, String out) throws Exception {
        Path features = directory.resolve(out).resolve("features");
        Path alerts = directory.resolve(out).resolve("alerts");
        FraudFiles files =
                new FraudFiles(
                        directory.resolve(FraudSimulator.TRANSACTIONS),
                        directory.resolve(FraudSimulator.LABELS),
                        Map.of(),
                        Map.of(),
                        Duration.ZERO,
                        features,
                        alerts);
        try (Job job = runner.start(FraudPipeline.of(files, FraudObservers.NONE))) {
            job.await();
        }
        return List.of(PublishedLines.sorted(features), PublishedLines.sorted(alerts));
    }

    @Test
    void featuresAndAlertsAreThoseOfTheEmbeddedEngine() throws Exception {
        new FraudSimulator(SimulationOptions.defaults().withSize(60, 120).withDays(40).withSeed(3))
                .writeTo(directory, (day, days, rows) -> {});
        List<List<String>> expected = run(EmbeddedRunner.inMemory(), "expected");

        List<List<String>> found =
                run(FlinkRunner.create(directory.resolve("scratch")).parallelism(2), "found");

        assertThat(expected.get(0)).hasSizeGreaterThan(1_000);
        assertThat(expected.get(1)).isNotEmpty();
        assertThat(found).isEqualTo(expected);
    }
}
