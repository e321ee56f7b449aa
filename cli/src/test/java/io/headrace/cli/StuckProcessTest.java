package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that has to end although a function of its user does not. Waits more than it works. */
class StuckProcessTest {
    private static final int ROWS = 2_000;

    @TempDir Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFunctionThatNeverReturnsIsReportedAndDoesNotHoldUpTheEndOfTheProcess() throws Exception {
        Path input = directory.resolve("in.csv");
        Files.writeString(
                input,
                IntStream.range(0, ROWS)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n", "id\n", "\n")));
        Path log = directory.resolve("log");
        String pipeline = BadJobsTest.Counting.class.getName();
        Process process = BadJobsTest.child(log, "", "run", pipeline, input + "", "hang");
        try {
            untilWritten(log, process, "one of the steps rows, map-1");
            assertThat(Files.readString(log)).contains("has not returned for");

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(log))
                    .contains("stopping: taking a last checkpoint")
                    .contains("the last checkpoint did not come within");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void untilWritten(Path log, Process process, String text) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log).contains(text)) {
            assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
                    .as(Files.readString(log))
                    .isFalse();
            assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
        }
    }
}
