package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.cli.Readings.Reading;
import io.headrace.connectors.files.Files;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final int ROWS = 2_000;

    @TempDir private Path directory;

    /** Counts the rows of each id. */
    public static final class PerId {
        private PerId() {}

        /** Returns the pipeline; its argument is the input. */
        public static Pipeline pipeline(String[] arguments) {
            Pipeline pipeline = Pipeline.create("per-id").parallelism(2);
            pipeline.readFrom("rows", Files.csv(arguments[0], Reading.class))
                    .keyBy(Reading::id)
                    .runningAggregate("counts", Aggregates.count())
                    .forEach(count -> {});
            return pipeline;
        }
    }

    /** Every second row has an id of its own, or the given one. */
    private CommandLine.Ended run(boolean skewed) throws IOException {
        StringBuilder rows = new StringBuilder("id,time,value\n");
        for (int i = 0; i < ROWS; i++) {
            int id = skewed && i % 2 == 0 ? 4711 : i + 10_000;
            rows.append(id).append(",2026-01-01T00:00:00Z,1.5\n");
        }
        Path input = directory.resolve("in.csv");
        java.nio.file.Files.writeString(input, rows);
        return new CommandLine(directory).run(PerId.class, input).isExit(ExitCode.DONE);
    }

    @Test
    void namesTheKeyWithMuchOfTheRecords() throws IOException {
        assertThat(run(true).err())
                .containsPattern(
                        "key-by-\\d+: in 2000, out 2000, (4[5-9]|5[0-5]) % of late"
                                + " with the key 4711");
    }

    @Test
    void namesNoKeyWhereNoneStandsOut() throws IOException {
        assertThat(run(false).err()).contains("in 2000, out 2000").doesNotContain("with the key");
    }
}
