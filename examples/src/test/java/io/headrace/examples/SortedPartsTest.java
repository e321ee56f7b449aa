package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sorted as a whole, though several subtasks write them. */
@Timeout(120)
class SortedPartsTest {
    private static final int FILES = 6;
    private static final int LINES_OF_A_FILE = 5_000;
    private static final int KILLS = 4;

    /** A line. */
    record Row(long number, String name) {}

    @TempDir private Path directory;
    private final List<Long> expected = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder("number,name\n");
            for (int line = 0; line < LINES_OF_A_FILE; line++) {
                long number = random.nextLong(1_000_000);
                expected.add(number);
                text.append(number).append(",row").append(line).append('\n');
            }
            java.nio.file.Files.writeString(directory.resolve("in-" + file + ".csv"), text);
        }
        expected.sort(null);
    }

    private Pipeline pipeline() {
        Pipeline pipeline = Pipeline.create("sort");
        pipeline.readFrom(Files.csv(directory.resolve("in-*.csv").toString(), Row.class))
                .partitionByRange("ranges", Row::number, 12, 1_000)
                .sort("sort", Row::number, 10_000)
                .writeTo("sorted", Files.jsonLinesTo(directory.resolve("out"), Row.class));
        return pipeline;
    }

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(5));
    }

    /** Returns the visible files by subtask, and of each in the order of writing. */
    static List<Path> parts(Path out) throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(out)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted(
                            Comparator.comparing(SortedPartsTest::subtask)
                                    .thenComparing(SortedPartsTest::number))
                    .toList();
        }
    }

    private static long subtask(Path part) {
        return place(part, 4);
    }

    private static long number(Path part) {
        return place(part, 5);
    }

    /** The name is made of lineage, sink, owner, subtask and number. */
    private static long place(Path part, int field) {
        return Long.parseLong(part.getFileName().toString().split("[-.]")[field]);
    }

    private void assertSorted() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Path part : parts(directory.resolve("out"))) {
            for (String line : java.nio.file.Files.readAllLines(part)) {
                numbers.add(Long.parseLong(line.replaceAll(".*\"number\":(\\d+).*", "$1")));
            }
        }
        assertThat(numbers).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void areSortedAsAWhole(int parallelism) throws Exception {
        try (Job job = runner(parallelism).start(pipeline())) {
            job.await();
        }

        assertSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void areSortedAsAWholeThoughTheJobIsCancelledAgainAndAgain(int parallelism) throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            try (Job job = runner(1 + kill % 4).start(pipeline())) {
                long before = job.metrics().checkpoints();
                while (job.metrics().checkpoints() < before + 1
                        && job.status() == Job.Status.RUNNING) {
                    Thread.onSpinWait();
                }
            }
        }
        try (Job job = runner(parallelism).start(pipeline())) {
            job.await();
        }

        assertSorted();
    }
}
