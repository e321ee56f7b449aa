package io.headrace.cli;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ValueState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of jobs whose surroundings, state or functions are not what they should be. */
class BadJobsTest {
    private static final int ROWS = 3_000;

    record Row(long id) {}

    record Total(long group, long count) {}

    @TempDir private Path directory;
    private CommandLine command;
    private Path input;

    @BeforeEach
    void createInput() throws IOException {
        command = new CommandLine(directory);
        input = directory.resolve("in.csv");
        StringBuilder rows = new StringBuilder("id\n");
        for (int id = 0; id < ROWS; id++) {
            rows.append(id).append('\n');
        }
        Files.writeString(input, rows);
    }

    /** Counts ids by their last digit; its arguments are the input and what to do with id 1,717. */
    public static final class Counting {
        static CountDownLatch release = new CountDownLatch(1);

        private Counting() {}

        /** Returns the pipeline. */
        public static Pipeline pipeline(String[] arguments) {
            String wish = arguments.length > 1 ? arguments[1] : "nothing";
            Pipeline pipeline = Pipeline.create("counting");
            pipeline.readFrom(
                            "rows", io.headrace.connectors.files.Files.csv(arguments[0], Row.class))
                    .map(row -> checked(row, wish))
                    .keyBy(row -> row.id() % 10)
                    .process("count", Counter::new)
                    .writeTo(
                            "totals",
                            io.headrace.connectors.files.Files.jsonLinesTo(
                                    Path.of(arguments[0]).resolveSibling("out"), Total.class));
            return pipeline;
        }

        private static Row checked(Row row, String wish) {
            if (wish.equals("throw-on-every")) {
                throw new IllegalStateException("no row is good");
            }
            if (row.id() == 1717 && wish.equals("throw-on-one")) {
                throw new IllegalStateException("this row is bad");
            }
            if (wish.equals("slow")) {
                LockSupport.parkNanos(500_000);
            }
            if (row.id() == 1717 && wish.equals("hang")) {
                boolean released = false;
                while (!released) {
                    try {
                        release.await();
                        released = true;
                    } catch (InterruptedException ignored) {
                        continue;
                    }
                }
            }
            return row;
        }
    }

    /** Emits the count of its group with every row. */
    static final class Counter extends ProcessFunction<Long, Row, Total> {
        private final ValueState<Long> count = valueState("count", Long.class);

        @Override
        public void process(Row row, Context<Long> context, Output<Total> out) {
            long now = count.get() == null ? 1 : count.get() + 1;
            count.set(now);
            out.emit(new Total(context.key(), now));
        }
    }

    private void assertEveryRowCountedOnce() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            expected.add("{\"group\":" + row % 10 + ",\"count\":" + (row / 10 + 1) + "}");
        }
        assertThat(command.published()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Runs the job in this process and stops it in the middle. */
    private void runAndStop() throws InterruptedException {
        runAndStop(ROWS / 10);
    }

    private void runAndStop(int rows) throws InterruptedException {
        Pipeline slow = Counting.pipeline(new String[] {input.toString(), "slow"});
        try (Job job = EmbeddedRunner.with(command.state()).parallelism(2).start(slow)) {
            while (job.metrics().step("rows").in() < rows) {
                assertThat(job.await(Duration.ofMillis(1))).isFalse();
            }
            job.stop();
            assertThat(job.status()).isEqualTo(Job.Status.STOPPED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throw-on-one, this row is bad; record Row[id=1717]",
        "throw-on-every, no row is good; record Row[id="
    })
    void aFunctionThatThrowsStopsTheJobAndIsNamed(String wish, String message) {
        command.run(Counting.class, input, wish)
                .isExit(ExitCode.FAILED)
                .says("step map-1 failed: java.lang.IllegalStateException: " + message)
                .says("it failed 3 times in a row; the job can go on from its last checkpoint");
    }

    @Test
    void aJobWhoseFunctionNeverReturnsIsClosed() throws Exception {
        Counting.release = new CountDownLatch(1);
        try {
            Job job =
                    EmbeddedRunner.with(command.state())
                            .start(Counting.pipeline(new String[] {input.toString(), "hang"}));
            while (job.metrics().step("rows").in() < ROWS / 2) {
                assertThat(job.await(Duration.ofMillis(1))).isFalse();
            }

            job.close();

            assertThat(job.status()).isEqualTo(Job.Status.STOPPED);
        } finally {
            Counting.release.countDown();
        }
        command.run(Counting.class, input).isExit(ExitCode.DONE);
        assertEveryRowCountedOnce();
    }

    @Test
    void noFlippedByteOrMissingEndOfAnyFileOfTheStateGivesAnotherResult() throws Exception {
        runAndStop();
        Path saved = directory.resolve("saved");
        copy(command.state(), saved.resolve("state"));
        copy(directory.resolve("out"), saved.resolve("out"));
        int refused = 0;
        for (Path file : files(saved.resolve("state"))) {
            byte[] whole = Files.readAllBytes(file);
            for (int damage = 0; damage < 4 && whole.length > 0; damage++) {
                restore(saved);
                byte[] bytes = Arrays.copyOf(whole, whole.length);
                int at = Math.min(whole.length - 1, whole.length * damage / 2);
                bytes[at] ^= 1;
                byte[] damaged = damage < 3 ? bytes : Arrays.copyOf(whole, at);
                Path relative = saved.resolve("state").relativize(file);
                Files.write(command.state().resolve(relative), damaged);

                CommandLine.Ended ended = command.run(Counting.class, input);

                if (ended.code() == ExitCode.DONE) {
                    assertEveryRowCountedOnce(); // Of a file that decides nothing.
                } else {
                    assertThat(ended.code()).as(ended.err()).isIn(1, 3);
                    assertThat(ended.err()).as("%s", relative).contains("headrace: ");
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(8);
    }

    @Test
    void aCheckpointMixedOfTwoIsRefused() throws Exception {
        runAndStop();
        Path older = directory.resolve("older");
        copy(command.state(), older);
        runAndStop(ROWS / 2);
        List<Path> before = files(older.resolve("checkpoints"));
        int mixed = 0;
        for (Path file : files(command.state().resolve("checkpoints"))) {
            String name = file.getParent().getFileName() + "/" + file.getFileName();
            for (Path other : before) {
                if (name.endsWith(".hrs") && other.endsWith(name)) {
                    Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
                    mixed++;
                }
            }
        }

        command.run(Counting.class, input)
                .isExit(ExitCode.STATE_REFUSED)
                .says("the newest checkpoint is damaged", "restore its files from a copy");

        assertThat(mixed).isPositive();
    }

    /** Nothing that is kept holds the time of a clock, and the times of files decide nothing. */
    @ParameterizedTest
    @CsvSource({"1950, 1950", "2100, 2100", "1950, 2100"})
    void aStateDirectoryWithTimesOfAnotherClockIsUsedAsItIs(int year, int otherYear)
            throws Exception {
        runAndStop();
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.filter(path -> !path.equals(input)).sorted(reverseOrder()).toList();
        }
        for (int i = 0; i < all.size(); i++) { // Files before their directories.
            LocalDate day = LocalDate.of(i % 2 == 0 ? year : otherYear, 1, 1);
            FileTime time = FileTime.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
            Files.setLastModifiedTime(all.get(i), time);
        }

        command.run(Counting.class, input).isExit(ExitCode.DONE);

        assertEveryRowCountedOnce();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryInWhichNothingCanBeMadeIsNamed() throws IOException {
        Path unwritable = Path.of("/proc/headrace"); // Not even root makes files there.

        CommandLine.headrace(
                        "run", "--state", "" + unwritable, Counting.class.getName(), "" + input)
                .isExit(ExitCode.STATE_REFUSED)
                .says("the state in " + unwritable + " cannot be used");
        Files.createSymbolicLink(directory.resolve("out"), unwritable);
        command.run(Counting.class, input)
                .isExit(ExitCode.FAILED)
                .says(directory.resolve("out").toString());
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(command.state(), "a file");

        command.run(Counting.class, input)
                .isExit(ExitCode.STATE_REFUSED)
                .says("the state in " + command.state() + " cannot be used");
    }

    @Test
    void aTargetThatCannotBeMadeStopsTheJob() throws IOException {
        Files.writeString(directory.resolve("out"), "a file");

        command.run(Counting.class, input)
                .isExit(ExitCode.FAILED)
                .says(directory.resolve("out").toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatMayNotBeReadStopsTheJob() throws IOException {
        Files.setPosixFilePermissions(input, PosixFilePermissions.fromString("-w-------"));
        assumeFalse(Files.isReadable(input), "root may read everything");

        command.run(Counting.class, input)
                .isExit(ExitCode.FAILED)
                .says("cannot open " + input + ": this process may not read it");
    }

    @Test
    void whatIsNoFileStopsTheJob() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));

        command.run(Counting.class, link).isExit(ExitCode.FAILED).says("cannot read " + link);
    }

    @Test
    void anUnknownOptionIsWrongUse() {
        CommandLine.headrace("run", "--no-such-option", "x")
                .isExit(ExitCode.WRONG_USE)
                .says("Unknown option", "--no-such-option", "'headrace run --help' lists all");
        CommandLine.headrace("no-such-command")
                .isExit(ExitCode.WRONG_USE)
                .says("there is no command 'no-such-command'", "'headrace --help' lists all");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aReaderOfTheOutputThatGoesAwayIsNoError() throws Exception {
        Files.writeString(input, "id\n" + "x\n".repeat(20_000));
        command.run(Counting.class, input).isExit(ExitCode.DONE);
        Path log = directory.resolve("log");

        Process process =
                child(log, "head -1", "dead-letters", "list", "--state", command.state() + "");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(log)).hasSize(1).first().asString().startsWith("1  rows ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskFailsCheckpointsUntilThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("state"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk + "") == 0);
        try {
            Pipeline slow = Counting.pipeline(new String[] {input.toString(), "slow"});
            EmbeddedRunner runner =
                    EmbeddedRunner.with(disk)
                            .parallelism(1)
                            .checkpointInterval(Duration.ofMillis(5));
            try (Job job = runner.start(slow)) {
                while (job.metrics().checkpoints() < 3) {
                    assertThat(job.await(Duration.ofMillis(1))).isFalse();
                }
                Path filler = disk.resolve("filler");
                long before = job.metrics().checkpoints();
                fill(filler);
                for (int round = 0; round < 200 && !job.await(Duration.ofMillis(5)); round++) {
                    fill(filler); // Again and again: older checkpoints make room.
                }
                assertThat(job.metrics().checkpoints() - before)
                        .as("checkpoints while the disk was full, of about 200")
                        .isLessThan(100);
                Files.delete(filler);
                job.await();
                assertThat(job.status()).isEqualTo(Job.Status.FINISHED);
            }
            assertEveryRowCountedOnce();
        } finally {
            run("umount", "-l", disk.toString()); // Mapped memory is given back late.
        }
    }

    private static void fill(Path file) {
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int block = 0; block < 10_000; block++) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... words) throws Exception {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Starts the command in a process of its own, from a shell, perhaps with a reader. */
    static Process child(Path log, String reader, String... words) throws IOException {
        String java =
                Path.of(System.getProperty("java.home"), "bin", "java")
                        + " -cp '"
                        + System.getProperty("java.class.path")
                        + "' "
                        + Main.class.getName()
                        + " '"
                        + String.join("' '", words)
                        + "'";
        String line = reader.isEmpty() ? "exec " + java : java + " | " + reader;
        return new ProcessBuilder("sh", "-c", line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void restore(Path saved) throws IOException {
        for (String part : List.of("state", "out")) {
            for (Path file : files(directory.resolve(part))) {
                Files.delete(file);
            }
            copy(saved.resolve(part), directory.resolve(part));
        }
    }

    private static List<Path> files(Path from) throws IOException {
        if (!Files.exists(from)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(from)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
