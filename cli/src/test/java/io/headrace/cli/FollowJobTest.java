package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.engine.EmbeddedRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job on files that grow. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be renamed there")
class FollowJobTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(5);

    record Line(long id) {}

    @TempDir private Path directory;
    private long written;

    private Job start() {
        Pipeline pipeline = Pipeline.create("follow");
        pipeline.readFrom(
                        "lines",
                        io.headrace.connectors.files.Files.csv(directory + "/in/*.csv", Line.class)
                                .follow())
                .writeTo(
                        "copies",
                        io.headrace.connectors.files.Files.jsonLinesTo(
                                directory.resolve("out"), Line.class));
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(2)
                .checkpointInterval(Duration.ofMillis(20))
                .start(pipeline);
    }

    private void write(String name, int lines) throws IOException {
        Path file = directory.resolve("in").resolve(name);
        boolean empty = !Files.exists(file) || Files.size(file) == 0;
        StringBuilder text = new StringBuilder(empty ? "id\n" : "");
        for (int line = 0; line < lines; line++) {
            text.append(written++).append('\n');
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void untilRead(Job job) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (job.metrics().step("copies").in() < written) {
            assertThat(job.await(SHORT)).isFalse();
            assertThat(System.nanoTime()).as("read in time").isLessThan(deadline);
        }
    }

    @Test
    void readsEveryLineOnceThroughRotationTruncationAndRestarts() throws Exception {
        Path in = Files.createDirectory(directory.resolve("in"));
        for (int round = 0; round < 3; round++) {
            try (Job job = start()) {
                write("log.csv", 100);
                untilRead(job);
                Files.move(in.resolve("log.csv"), in.resolve("log.csv." + round));
                write("log.csv." + round, 10);
                write("log.csv", 10);
                untilRead(job);
                write("new-" + round + ".csv", 10);
                untilRead(job);
                if (round == 1) { // What is truncated cannot be read again after a crash.
                    Files.writeString(in.resolve("new-1.csv"), "");
                    write("new-1.csv", 5);
                    untilRead(job);
                    job.stop();
                } // Else it is cancelled, and reads again what no checkpoint has.
            }
            write("log.csv", 7);
        }
        try (Job last = start()) {
            untilRead(last);
            last.stop();
            assertThat(last.metrics().step("lines").deadLetters()).isZero();
        }

        List<String> expected =
                LongStream.range(0, written).mapToObj(id -> "{\"id\":" + id + "}").toList();
        assertThat(new CommandLine(directory).published())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
