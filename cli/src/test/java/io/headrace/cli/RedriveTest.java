package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.cli.CommandLine.Ended;
import io.headrace.engine.EmbeddedRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters go back to the job, each exactly once, whatever dies meanwhile. */
class RedriveTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final int ROWS = 40;

    record Strict(long id, double value) {}

    record Lenient(long id, String value) {}

    record Id(long id) {}

    @TempDir private Path directory;
    private CommandLine command;
    private long expectedIn = ROWS;

    @BeforeEach
    void readInputWithBadRows() throws Exception {
        command = new CommandLine(directory);
        StringBuilder rows = new StringBuilder("id,value\n");
        for (int id = 0; id < ROWS; id++) {
            rows.append(id).append(id % 8 == 3 ? ",n/a\n" : ",1.5\n");
        }
        Files.writeString(directory.resolve("log.csv"), rows);
        runUntilRead(Strict.class);
    }

    private <T> Job start(Class<T> type) {
        Pipeline pipeline = Pipeline.create("redrive");
        pipeline.readFrom(
                        "rows",
                        io.headrace.connectors.files.Files.csv(directory.resolve("log.csv"), type)
                                .follow())
                .map(
                        row ->
                                new Id(
                                        row instanceof Strict strict
                                                ? strict.id()
                                                : ((Lenient) row).id()))
                .writeTo(
                        "ids",
                        io.headrace.connectors.files.Files.jsonLinesTo(
                                directory.resolve("out"), Id.class));
        return EmbeddedRunner.with(command.state())
                .parallelism(2)
                .checkpointInterval(Duration.ofMillis(10))
                .start(pipeline);
    }

    private void runUntilRead(Class<?> type) throws InterruptedException {
        try (Job job = start(type)) {
            long deadline = System.nanoTime() + LONG.toNanos();
            while (job.metrics().step("rows").in() < expectedIn) {
                assertThat(job.await(SHORT)).isFalse();
                assertThat(System.nanoTime()).as("read in time").isLessThan(deadline);
            }
            job.stop();
            assertThat(job.metrics().step("rows").in()).isEqualTo(expectedIn);
        }
    }

    private Ended deadLetters(String... words) {
        List<String> line = new ArrayList<>(List.of("dead-letters"));
        line.addAll(List.of(words));
        line.addAll(List.of("--state", command.state().toString()));
        return CommandLine.headrace(line.toArray(String[]::new));
    }

    private static List<String> lines(Ended ended) {
        return ended.isExit(ExitCode.DONE).out().lines().toList();
    }

    private void assertEveryIdOnce() throws IOException {
        assertThat(command.published())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, ROWS).mapToObj(RedriveTest::line).toList());
        assertThat(lines(deadLetters("list"))).isEmpty();
    }

    @Test
    void listsAndShowsLetters() {
        assertThat(lines(deadLetters("list"))).hasSize(5);
        assertThat(lines(deadLetters("list")).get(0))
                .startsWith("1  rows  ")
                .contains("log.csv", "line 5", "value: expected a number");
        assertThat(lines(deadLetters("list", "--json")))
                .hasSize(5)
                .allMatch(line -> line.startsWith("{\"id\":") && line.endsWith("n/a\"}"));
        assertThat(lines(deadLetters("show", "2"))).contains("position  line 13", "11,n/a");
        assertThat(deadLetters("show", "2", "--raw").out()).isEqualTo("11,n/a");
        deadLetters("show", "99").isExit(ExitCode.WRONG_USE).says("no dead letter 99");
        deadLetters("redrive").isExit(ExitCode.WRONG_USE).says("numbers, or --all");
    }

    @Test
    void aRedrivenLetterBecomesARecordOfThePipelineOfThen() throws Exception {
        assertThat(lines(deadLetters("redrive", "1", "3")))
                .contains("2 dead letters go back to the job at its next start");
        assertThat(lines(deadLetters("list"))).hasSize(3);
        expectedIn += 2;
        runUntilRead(Lenient.class);
        assertThat(command.published()).hasSize(37).contains(line(3), line(19));

        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        expectedIn += 3;
        runUntilRead(Lenient.class);

        assertEveryIdOnce();
    }

    @Test
    void readsTheHeaderOfItsOwnFileThoughThatWasRotated() throws Exception {
        Path log = directory.resolve("log.csv");
        Files.move(log, directory.resolve("log.csv.1"));
        Files.writeString(log, "value,id\n");

        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        expectedIn += 5;
        runUntilRead(Lenient.class);

        assertEveryIdOnce();
    }

    @Test
    void aLetterWhoseFileIsGoneComesBack() throws Exception {
        Path log = directory.resolve("log.csv");
        Files.delete(log);

        deadLetters("redrive", "1").isExit(ExitCode.DONE);
        expectedIn += 2; // The file itself is missed as well.
        runUntilRead(Lenient.class);

        assertThat(lines(deadLetters("list")))
                .anyMatch(line -> line.contains("its file, which has the header, is gone"))
                .anyMatch(line -> line.contains("the file is gone from its directory"));
    }

    @Test
    void aSecondFailureComesBackWithItsHistory() throws Exception {
        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        expectedIn += 5;
        runUntilRead(Strict.class);

        assertThat(lines(deadLetters("list")))
                .hasSize(5)
                .allMatch(line -> line.endsWith("(attempt 2)"))
                .first()
                .asString()
                .startsWith("6  rows  ")
                .contains("line 5  value");
        assertThat(lines(deadLetters("show", "6")))
                .anyMatch(line -> line.startsWith("before    value: expected a number"))
                .contains("3,n/a");
    }

    @Test
    void refusesWhileTheJobRunsAndWhereThereIsNoJob() throws Exception {
        try (Job job = start(Strict.class)) {
            deadLetters("redrive", "--all")
                    .isExit(ExitCode.STATE_REFUSED)
                    .says("the state is in use");
            assertThat(lines(deadLetters("list"))).hasSize(5);
            assertThat(job.status()).isEqualTo(Job.Status.RUNNING);
        }
        CommandLine.headrace("dead-letters", "list", "--state", directory.toString())
                .isExit(ExitCode.STATE_REFUSED)
                .says("is no state directory");
    }

    @Test
    void aJobThatDiesWhileItReadsThemReadsEachOnce() throws Exception {
        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        for (int death = 0; death < 20; death++) {
            try (Job job = start(Lenient.class)) {
                job.await(Duration.ofMillis(death)); // Then it is cancelled, as if killed.
            }
        }
        expectedIn += 5;
        runUntilRead(Lenient.class);

        assertEveryIdOnce();
    }

    @Test
    void aRedriveThatDiedBeforeItsMarkerHasDoneNothing() throws Exception {
        Path copy = copy("copy");
        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        Path marker = command.state().resolve("dead-letters.marker");
        Files.copy(
                copy.resolve("dead-letters.marker"), marker, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                copy.resolve("dead-letters.jsonl"), command.state().resolve("dead-letters.jsonl"));
        Path batch = command.state().resolve("redrive/1.letters");
        byte[] torn = Files.readAllBytes(batch);
        Files.write(batch, java.util.Arrays.copyOf(torn, torn.length / 2));

        assertThat(lines(deadLetters("list"))).hasSize(5);
        deadLetters("redrive", "1", "2", "3", "4", "5").isExit(ExitCode.DONE);
        expectedIn += 5;
        runUntilRead(Lenient.class);

        assertEveryIdOnce();
    }

    @Test
    void aRedriveThatDiedBehindItsMarkerHasDoneAll() throws Exception {
        Path copy = copy("copy");
        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        Files.copy(
                copy.resolve("dead-letters.jsonl"), command.state().resolve("dead-letters.jsonl"));

        assertThat(lines(deadLetters("redrive", "--all")).get(0)).startsWith("0 dead letters");
        expectedIn += 5;
        runUntilRead(Lenient.class);

        assertEveryIdOnce();
    }

    @Test
    void theCommandMayBeKilledAgainAndAgain() throws Exception {
        for (int kill = 0; kill < 12; kill++) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Main.class.getName(),
                                    "dead-letters",
                                    "redrive",
                                    "--all",
                                    "--state",
                                    command.state().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("killed.log").toFile())
                            .start();
            process.waitFor(200 + 70L * kill, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        expectedIn += 5;
        runUntilRead(Lenient.class);

        assertEveryIdOnce();
    }

    @Test
    void aDamagedBatchStopsTheJob() throws Exception {
        deadLetters("redrive", "--all").isExit(ExitCode.DONE);
        Path batch = command.state().resolve("redrive/1.letters");
        byte[] bytes = Files.readAllBytes(batch);
        bytes[bytes.length / 2] ^= 1;
        Files.write(batch, bytes);

        try (Job job = start(Lenient.class)) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> job.await(LONG)))
                    .hasMessageContaining("cannot read the redriven dead letters in " + batch)
                    .hasMessageContaining("restore the file from a copy");
        }
    }

    @Test
    void lettersThatCannotGoBackStay() throws Exception {
        String large = "x".repeat(100_000);
        Files.writeString(
                directory.resolve("log.csv"), "77," + large + ",\n", StandardOpenOption.APPEND);
        expectedIn++;
        runUntilRead(Strict.class);

        Ended ended = deadLetters("redrive", "6").isExit(ExitCode.DONE);

        assertThat(ended.out()).startsWith("0 dead letters");
        ended.says("stays: 6: its input was cut to 65536 bytes");
        assertThat(lines(deadLetters("list"))).hasSize(6);
    }

    private static String line(long id) {
        return "{\"id\":" + id + "}";
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(directory.resolve(name));
        try (Stream<Path> files = Files.list(command.state())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
