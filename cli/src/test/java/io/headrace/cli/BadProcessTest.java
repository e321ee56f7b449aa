package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Pipeline;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs in processes that lack what processes usually have: they come to the same output, byte for
 * byte, or they stop and say why, and the next start comes to it.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "knows no sh and no ulimit")
class BadProcessTest {
    private static final int ROWS = 3_000;

    /** With fewer there may be no JVM that could say anything. */
    private static final int DESCRIPTORS_MIN = 12;

    /** Much more than a job with one file needs. */
    private static final int DESCRIPTORS_MAX = 200;

    /** Between two limits that are tried: each takes a process. */
    private static final int DESCRIPTORS_STEP = 2;

    /** Enough for everything, and soon taken. */
    private static final int DESCRIPTORS_TO_TAKE = 150;

    private static final int SECONDS_MAX = 60;

    @TempDir private Path directory;
    private CommandLine command;
    private Path input;
    private Path log;

    @BeforeEach
    void createInput() throws IOException {
        command = new CommandLine(directory);
        input = directory.resolve("in.csv");
        log = directory.resolve("log");
        StringBuilder rows = new StringBuilder("id\n");
        for (int id = 0; id < ROWS; id++) {
            rows.append(id).append('\n');
        }
        Files.writeString(input, rows);
    }

    /** Counts like {@link BadJobsTest.Counting}; meanwhile opens all files that it may, once. */
    public static final class Greedy {
        private static final int FIRST_ROW = 500;
        private static final AtomicBoolean TAKEN = new AtomicBoolean();

        private Greedy() {}

        /** Returns the pipeline; its argument is the input. */
        public static Pipeline pipeline(String[] arguments) {
            Pipeline pipeline = Pipeline.create("counting");
            pipeline.readFrom(
                            "rows",
                            io.headrace.connectors.files.Files.csv(
                                    arguments[0], BadJobsTest.Row.class))
                    .map(Greedy::taking)
                    .keyBy(row -> row.id() % 10)
                    .process("count", BadJobsTest.Counter::new)
                    .writeTo(
                            "totals",
                            io.headrace.connectors.files.Files.jsonLinesTo(
                                    Path.of(arguments[0]).resolveSibling("out"),
                                    BadJobsTest.Total.class));
            return pipeline;
        }

        private static BadJobsTest.Row taking(BadJobsTest.Row row) {
            if (row.id() >= FIRST_ROW && TAKEN.compareAndSet(false, true)) {
                new Thread(Greedy::takeAll, "takes descriptors").start();
            }
            LockSupport.parkNanos(500_000); // The job outlasts what is taken from it.
            return row;
        }

        /** Until several checkpoints were due: there is one behind 512 rows, that is in 300 ms. */
        private static void takeAll() {
            withoutDescriptors(() -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)));
        }
    }

    /** Looks for a class that is not there, first with file descriptors and then without. */
    public static final class Seeking {
        private static final List<Exception> FOUND = new ArrayList<>();

        private Seeking() {}

        /** Throws what it is told the second time. */
        public static Pipeline pipeline(String[] arguments) {
            seek();
            withoutDescriptors(Seeking::seek);
            assertThat(FOUND).hasSize(1).allMatch(UsageException.class::isInstance);
            throw new IllegalStateException("no class is there");
        }

        private static void seek() {
            try {
                PipelineLoader.ofPath("").load("no.such.Class", List.of());
            } catch (Exception unknown) {
                FOUND.add(unknown);
            }
        }
    }

    private static void withoutDescriptors(Runnable action) {
        List<FileInputStream> taken = new ArrayList<>();
        try {
            while (taken.size() < DESCRIPTORS_MAX) {
                taken.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException all) {
            action.run();
        } finally {
            taken.forEach(BadProcessTest::close);
        }
    }

    private static void close(FileInputStream taken) {
        try {
            taken.close();
        } catch (IOException lost) {
            throw new IllegalStateException(lost);
        }
    }

    @Test
    void aProcessWithFewFileDescriptorsStopsAndTheNextGoesOn() throws Exception {
        int done = 0;
        int stopped = 0;
        int descriptors = DESCRIPTORS_MIN;
        for (; done < 2 && descriptors < DESCRIPTORS_MAX; descriptors += DESCRIPTORS_STEP) {
            delete("state");
            delete("out");

            int code = runWith(descriptors, BadJobsTest.Counting.class);

            if (code == ExitCode.DONE) {
                done++;
            } else {
                stopped++;
                assertSaysWhy(descriptors, code);
                goOn(BadJobsTest.Counting.class);
            }
            assertEveryRowCountedOnceInOrder();
        }
        assertThat(done).isEqualTo(2);
        assertThat(stopped).isPositive();
    }

    @Test
    void aJobThatHasNoFileDescriptorForAWhileComesToTheSameOutput() throws Exception {
        int code = runWith(DESCRIPTORS_TO_TAKE, Greedy.class);

        assertThat(Files.readString(log)).contains("Too many open files");
        if (code != ExitCode.DONE) {
            assertSaysWhy(DESCRIPTORS_TO_TAKE, code);
            goOn(Greedy.class);
        }
        assertEveryRowCountedOnceInOrder();
    }

    @Test
    void aJobWithoutStreamsComesToTheSameOutput() throws Exception {
        int code = run("exec \"$@\" <&- >&- 2>&-", BadJobsTest.Counting.class);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertEveryRowCountedOnceInOrder();
    }

    @Test
    void aClassThatCannotBeReadForWantOfDescriptorsIsNotCalledUnknown() throws Exception {
        int code = runWith(DESCRIPTORS_TO_TAKE, Seeking.class);

        assertSaysWhy(DESCRIPTORS_TO_TAKE, code);
        assertThat(Files.readString(log))
                .contains("no.such.Class")
                .doesNotContain("check the name");
    }

    private int runWith(int descriptors, Class<?> pipeline) throws Exception {
        return run("ulimit -n " + descriptors + " && exec \"$@\"", pipeline);
    }

    /** Runs a pipeline in a process that a line of the shell starts. */
    private int run(String line, Class<?> pipeline) throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", "-c", line, "sh"));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(arguments(pipeline));
        Process process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS))
                    .as("%s: %s", line, Files.readString(log))
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> arguments(Class<?> pipeline) {
        List<String> words = new ArrayList<>(List.of("run", "--state", command.state() + ""));
        words.addAll(List.of("--parallelism", "1", "--checkpoint-interval", "5ms"));
        words.addAll(List.of(pipeline.getName(), input.toString()));
        return words;
    }

    private void goOn(Class<?> pipeline) {
        CommandLine.headrace(arguments(pipeline).toArray(String[]::new)).isExit(ExitCode.DONE);
    }

    private void assertSaysWhy(int descriptors, int code) throws IOException {
        String said = Files.readString(log);
        assertThat(code)
                .as("%d descriptors: %s", descriptors, said)
                .isIn(ExitCode.FAILED, ExitCode.STATE_REFUSED);
        assertThat(said)
                .as("%d descriptors", descriptors)
                .contains("headrace: ")
                .containsAnyOf("Too many open files", "the process had no file descriptor left");
    }

    private void assertEveryRowCountedOnceInOrder() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            expected.add("{\"group\":" + row % 10 + ",\"count\":" + (row / 10 + 1) + "}");
        }
        assertThat(command.published()).containsExactlyElementsOf(expected);
    }

    private void delete(String name) throws IOException {
        Path part = directory.resolve(name);
        if (Files.exists(part)) {
            try (Stream<Path> walk = Files.walk(part)) {
                for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
