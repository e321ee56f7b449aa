package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FraudSimulatorTest {
    private static final SimulationOptions SMALL =
            SimulationOptions.defaults().withSize(200, 400).withDays(20);

    private static final FraudSimulator.Progress SILENT = (daysDone, days, rows) -> {};

    @TempDir private Path directory;

    private static SimulatedData simulate(SimulationOptions options, Path target)
            throws IOException {
        return new FraudSimulator(options).writeTo(target, SILENT);
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }

    private static List<String[]> rows(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(1).map(line -> line.split(",", -1)).toList();
        }
    }

    private List<String> namesInDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.skip(1).map(file -> directory.relativize(file).toString()).toList();
        }
    }

    /** Fails when any byte changes: then every recorded result of the demo changes too. */
    @Test
    void writesTheBytesItAlwaysWrote() throws Exception {
        SimulatedData data = simulate(SMALL, directory);

        assertThat(sha256(data.transactions()))
                .isEqualTo("cd5b0c5b7ca9d9cc9b5c8e3475a4b92e3a4c2b4b57d2f6cd486b3ecda8f23cdc");
        assertThat(sha256(data.labels()))
                .isEqualTo("1f1ac7d9ae58cda994d5547e45f128231a2fd75149318318f4a5e1b887f4e313");
    }

    @Test
    void anotherSeedGivesAnotherSet() throws Exception {
        SimulatedData first = simulate(SMALL, directory.resolve("a"));
        SimulatedData second = simulate(SMALL.withSeed(1), directory.resolve("b"));

        assertThat(sha256(second.transactions())).isNotEqualTo(sha256(first.transactions()));
    }

    @Test
    void fewerDaysArePrefixOfMore() throws Exception {
        SimulatedData longer = simulate(SMALL, directory.resolve("a"));
        SimulatedData shorter = simulate(SMALL.withDays(7), directory.resolve("b"));

        assertThat(Files.readString(longer.transactions()))
                .startsWith(Files.readString(shorter.transactions()));
    }

    @Test
    void idsCountFromZeroAndRiseWithTime() throws IOException {
        SimulatedData data = simulate(SMALL, directory);

        Instant before = Instant.MIN;
        long id = 0;
        for (String[] row : rows(data.transactions())) {
            Instant time = Instant.parse(row[1]);
            assertThat(Long.parseLong(row[0])).isEqualTo(id++);
            assertThat(time).isAfterOrEqualTo(before).hasToString(row[1]);
            before = time;
        }
        assertThat(id).isEqualTo(data.rows()).isPositive();
    }

    @Test
    void linesEndWithLineFeedAndAmountsHaveTwoPlaces() throws IOException {
        SimulatedData data = simulate(SMALL, directory);

        assertThat(Files.readString(data.transactions()))
                .startsWith("id,time,customer,terminal,amount\n")
                .endsWith("\n")
                .doesNotContain("\r");
        assertThat(rows(data.transactions())).allMatch(row -> row[4].matches("\\d+\\.\\d\\d"));
    }

    @Test
    void eachTransactionHasOneLabelSevenDaysLater() throws IOException {
        SimulatedData data = simulate(SMALL, directory);

        List<String[]> transactions = rows(data.transactions());
        List<String[]> labels = rows(data.labels());
        assertThat(labels).hasSameSizeAs(transactions);
        long frauds = 0;
        for (int i = 0; i < labels.size(); i++) {
            String[] label = labels.get(i);
            Instant time = Instant.parse(transactions.get(i)[1]);
            assertThat(label[0]).isEqualTo(transactions.get(i)[0]);
            assertThat(Instant.parse(label[1])).isEqualTo(time.plus(Duration.ofDays(7)));
            assertThat(label[2]).isEqualTo(label[3].equals("0") ? "0" : "1");
            frauds += Long.parseLong(label[2]);
        }
        assertThat(frauds).isEqualTo(data.frauds()).isPositive();
    }

    @Test
    void replacesAnOlderSet() throws Exception {
        simulate(SMALL.withSeed(1), directory);

        SimulatedData data = simulate(SMALL, directory);

        SimulatedData fresh = simulate(SMALL, directory.resolve("fresh"));
        assertThat(sha256(data.transactions())).isEqualTo(sha256(fresh.transactions()));
        assertThat(sha256(data.labels())).isEqualTo(sha256(fresh.labels()));
    }

    @Test
    void overwritesWhatKilledRunLeft() throws IOException {
        Files.writeString(directory.resolve(".labels.csv.tmp"), "x".repeat(1_000_000));

        SimulatedData data = simulate(SMALL.withDays(1), directory);

        assertThat(Files.readString(data.labels())).startsWith("id,").doesNotContain("x");
        assertThat(namesInDirectory()).containsExactlyInAnyOrder("transactions.csv", "labels.csv");
    }

    @Test
    void leavesNothingBehindWhenItFailsOnTheWay() throws IOException {
        FraudSimulator simulator = new FraudSimulator(SMALL);
        FraudSimulator.Progress failing =
                (daysDone, days, rows) -> {
                    throw new IllegalStateException("day " + daysDone);
                };

        assertThatIllegalStateException()
                .isThrownBy(() -> simulator.writeTo(directory.resolve("new/deep"), failing))
                .withMessage("day 1");

        assertThat(namesInDirectory()).isEmpty();
    }

    @Test
    void keepsAnOlderSetWhenItFailsOnTheWay() throws Exception {
        SimulatedData older = simulate(SMALL.withSeed(1), directory);
        String transactions = sha256(older.transactions());
        String labels = sha256(older.labels());
        FraudSimulator.Progress failing =
                (daysDone, days, rows) -> {
                    throw new IllegalStateException("day " + daysDone);
                };

        assertThatIllegalStateException()
                .isThrownBy(() -> new FraudSimulator(SMALL).writeTo(directory, failing));

        assertThat(sha256(older.transactions())).isEqualTo(transactions);
        assertThat(sha256(older.labels())).isEqualTo(labels);
        assertThat(namesInDirectory()).hasSize(2);
    }

    @Test
    void leavesNothingBehindWhereDirectoryHasTheNameOfFile() throws IOException {
        Files.createDirectories(directory.resolve("transactions.csv"));

        assertThatThrownBy(() -> simulate(SMALL, directory)).isInstanceOf(IOException.class);

        assertThat(namesInDirectory()).containsExactly("transactions.csv");
    }

    @Test
    void leavesNothingBehindWhereTheTargetIsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");

        assertThatThrownBy(() -> simulate(SMALL, file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> simulate(SMALL, file.resolve("below")))
                .isInstanceOf(IOException.class);

        assertThat(namesInDirectory()).containsExactly("file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void refusesSecondWriterAndFinishesTheFirst() throws Exception {
        FraudSimulator.Progress intruding =
                (daysDone, days, rows) ->
                        assertThatThrownBy(() -> simulate(SMALL.withSeed(1), directory))
                                .isInstanceOf(IOException.class)
                                .hasMessageContaining("another run is writing here");

        SimulatedData data = new FraudSimulator(SMALL).writeTo(directory, intruding);

        SimulatedData fresh = simulate(SMALL, directory.resolve("fresh"));
        assertThat(sha256(data.transactions())).isEqualTo(sha256(fresh.transactions()));
    }
}
