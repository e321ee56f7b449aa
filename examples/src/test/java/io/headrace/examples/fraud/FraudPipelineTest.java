package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.engine.EmbeddedRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the pipeline with {@link FeatureOracle}, byte by byte. */
class FraudPipelineTest {
    private static final long SEED = Long.getLong("headrace.seed", 1);

    private final Random random = new Random(SEED);

    @TempDir private Path directory;

    /** One row of either file, so that both can be shuffled before they are written. */
    private record Row(long millis, String text) {}

    private JobMetrics run(Path labels, Duration outOfOrderness, int parallelism) throws Exception {
        FraudFiles files =
                new FraudFiles(
                        directory.resolve("t.csv"),
                        labels,
                        Map.of(),
                        Map.of(),
                        outOfOrderness,
                        directory.resolve("features" + parallelism),
                        directory.resolve("alerts" + parallelism));
        try (Job job =
                EmbeddedRunner.with(directory.resolve("state" + parallelism))
                        .parallelism(parallelism)
                        .checkpointInterval(Duration.ofMillis(50))
                        .start(FraudPipeline.of(files, FraudObservers.NONE))) {
            job.await();
            return job.metrics();
        }
    }

    private List<String> features(int parallelism) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(directory.resolve("features" + parallelism))) {
            for (Path part : parts.filter(path -> !isHidden(path)).toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return sortedById(lines);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static List<String> sortedById(List<String> lines) {
        return lines.stream()
                .sorted(
                        Comparator.comparingLong(
                                line -> Long.parseLong(line.substring(6, line.indexOf(',')))))
                .toList();
    }

    private List<String> expected(Path labels) throws IOException {
        List<String> lines = new ArrayList<>();
        new FeatureOracle(directory.resolve("t.csv"), labels)
                .judged()
                .forEach(judged -> lines.add(FeatureOracle.json(judged.scored())));
        return sortedById(lines);
    }

    private void assertEqualsOracle(Path labels, Duration outOfOrderness) throws Exception {
        List<String> expected = expected(labels);
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            JobMetrics metrics = run(labels, outOfOrderness, parallelism);

            assertSame(expected, features(parallelism), parallelism);
            assertThat(metrics.steps().stream().mapToLong(JobMetrics.StepMetrics::late).sum())
                    .isZero();
        }
    }

    /** Compares line by line: what differs is then one line, not thousands. */
    private static void assertSame(List<String> expected, List<String> found, int parallelism) {
        String where = "-Dheadrace.seed=" + SEED + ", parallelism " + parallelism;
        assertThat(found).as(where).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).as(where + ", line " + i).isEqualTo(expected.get(i));
        }
    }

    private Path write(String name, String header, List<Row> rows) throws IOException {
        String text = rows.stream().map(row -> row.text() + "\n").collect(Collectors.joining());
        return Files.writeString(directory.resolve(name), header + "\n" + text);
    }

    private Path writeTransactions(List<Row> rows) throws IOException {
        return write("t.csv", "id,time,customer,terminal,amount", rows);
    }

    private Path writeLabels(List<Row> rows) throws IOException {
        return write("l.csv", "id,time,fraud,scenario", rows);
    }

    private static Row transaction(long id, Instant time, long customer, long terminal) {
        String amount = (id * 37 % 300) + "." + (10 + id % 90);
        return new Row(
                time.toEpochMilli(),
                id + "," + time + "," + customer + "," + terminal + "," + amount);
    }

    private static Row label(long id, Instant time, int fraud) {
        return new Row(time.toEpochMilli(), id + "," + time + "," + fraud + "," + fraud);
    }

    /** Times fall on whole hours, so that ties and edges of windows are everywhere. */
    private void writeDense(boolean labelsDiffer) throws IOException {
        Instant start = Instant.parse("2018-04-01T00:00:00Z");
        List<Row> transactions = new ArrayList<>();
        List<Row> labels = new ArrayList<>();
        Instant time = start;
        for (int id = 0; id < 3_000; id++) {
            time = time.plus(Duration.ofHours(random.nextInt(3) / 2));
            transactions.add(transaction(id, time, random.nextInt(7), random.nextInt(5)));
            Duration delay =
                    labelsDiffer ? Duration.ofHours(random.nextInt(24 * 14)) : Duration.ofDays(7);
            if (!labelsDiffer || random.nextInt(10) > 0) {
                labels.add(label(id, time.plus(delay), random.nextInt(3) / 2));
            }
        }
        labels.sort(Comparator.comparingLong(Row::millis));
        writeTransactions(transactions);
        writeLabels(labels);
    }

    private void shuffle(List<Row> rows) {
        record Keyed(long key, Row row) {}
        long hour = Duration.ofHours(1).toMillis();
        List<Keyed> keyed = new ArrayList<>();
        rows.forEach(row -> keyed.add(new Keyed(row.millis() + random.nextLong(-hour, hour), row)));
        keyed.sort(Comparator.comparingLong(Keyed::key));
        rows.clear();
        keyed.forEach(each -> rows.add(each.row()));
    }

    private static List<Row> rowsOf(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            rows.add(new Row(Instant.parse(line.split(",")[1]).toEpochMilli(), line));
        }
        return rows;
    }

    private void simulate() throws IOException {
        new FraudSimulator(SimulationOptions.defaults().withSize(60, 90).withDays(60))
                .writeTo(directory, (done, days, rows) -> {});
        Files.move(directory.resolve(FraudSimulator.TRANSACTIONS), directory.resolve("t.csv"));
        Files.move(directory.resolve(FraudSimulator.LABELS), directory.resolve("l.csv"));
    }

    @Test
    void featuresOfSimulatedDataAreThoseOfTheOracle() throws Exception {
        simulate();

        assertEqualsOracle(directory.resolve("l.csv"), Duration.ZERO);
    }

    @Test
    void featuresOfShuffledDataAreThoseOfTheOracle() throws Exception {
        simulate();
        List<Row> transactions = rowsOf(directory.resolve("t.csv"));
        List<Row> labels = rowsOf(directory.resolve("l.csv"));
        shuffle(transactions);
        shuffle(labels);
        writeTransactions(transactions);
        writeLabels(labels);

        assertEqualsOracle(directory.resolve("l.csv"), Duration.ofHours(2));
    }

    @ParameterizedTest(name = "labels differ from seven days: {0}")
    @ValueSource(booleans = {false, true})
    void tiesAndEdgesAreThoseOfTheOracle(boolean labelsDiffer) throws Exception {
        writeDense(labelsDiffer);

        assertEqualsOracle(directory.resolve("l.csv"), Duration.ZERO);
    }

    /**
     * Corrections and repetitions, in any order within the bound and before the transaction too.
     */
    @Test
    void countsAFraudOnceFromItsEarliestLabelOn() throws Exception {
        writeDense(false);
        List<Row> transactions = rowsOf(directory.resolve("t.csv"));
        List<Row> labels = rowsOf(directory.resolve("l.csv"));
        for (Row row : List.copyOf(transactions)) {
            long id = Long.parseLong(row.text().split(",")[0]);
            Instant time = Instant.ofEpochMilli(row.millis());
            for (int more = random.nextInt(4); more > 0; more--) {
                Duration delay = Duration.ofHours(more == 3 ? -1 : 24 * 7 + random.nextInt(2));
                labels.add(label(id, time.plus(delay), random.nextInt(3) / 2));
            }
        }
        shuffle(transactions);
        shuffle(labels);
        writeTransactions(transactions);
        writeLabels(labels);

        assertEqualsOracle(directory.resolve("l.csv"), Duration.ofHours(2));
    }

    @Test
    void ratesAreNullWithoutLabels() throws Exception {
        writeDense(false);

        assertEqualsOracle(null, Duration.ZERO);
    }

    @Test
    void rowsThatAreNoneAreCountedAndTheOthersScored() throws Exception {
        writeTransactions(
                List.of(
                        new Row(0, "1,2018-04-01T00:00:00Z,1,1,1.00"),
                        new Row(0, "two,2018-04-01T00:00:00Z,1,1,1.00"),
                        new Row(0, "3,2018-04-01T00:00:01Z,1,1,1.00")));

        JobMetrics metrics = run(null, Duration.ZERO, 1);

        assertThat(features(1)).hasSize(2);
        assertThat(metrics.step(FraudPipeline.TRANSACTIONS).deadLetters()).isEqualTo(1);
    }
}
