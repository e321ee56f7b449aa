package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Pipeline;
import io.headrace.cli.Readings.Reading;
import io.headrace.connectors.files.Files;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir private Path directory;
    private CommandLine command;
    private Path input;

    /** Has lost the source that the state is about. */
    public static final class Renamed {
        private Renamed() {}

        /** Returns the pipeline; its argument is the input. */
        public static Pipeline pipeline(String[] arguments) {
            Pipeline pipeline = Pipeline.create("readings");
            pipeline.readFrom("values", Files.csv(arguments[0], Reading.class)).forEach(row -> {});
            return pipeline;
        }
    }

    @BeforeEach
    void createInput() throws IOException {
        command = new CommandLine(directory);
        input = directory.resolve("in.csv");
        java.nio.file.Files.writeString(input, "id,time,value\n1,2026-01-01T00:00:00Z,1.5\n");
    }

    private CommandLine.Ended check(Class<?> pipeline) {
        return CommandLine.headrace(
                "check",
                "--state",
                command.state().toString(),
                pipeline.getName(),
                input.toString());
    }

    @Test
    void saysThatEverythingIsNewBeforeTheFirstRun() {
        CommandLine.Ended ended = check(Readings.FromCsv.class).isExit(ExitCode.DONE);

        assertThat(ended.out())
                .isEqualToNormalizingNewlines(
                        """
                        checkpoint: none
                        NEW      readings             positions: is read from its start
                        a start is possible
                        """);
        assertThat(command.state()).doesNotExist();
    }

    @Test
    void saysWhatIsKept() {
        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE);

        CommandLine.Ended ended = check(Readings.FromCsv.class).isExit(ExitCode.DONE);

        assertThat(ended.out())
                .contains("of pipeline readings, whose input has ended", "KEPT     readings ")
                .endsWith("a start is possible" + System.lineSeparator());
    }

    @Test
    void saysWhatIsLost() {
        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE);

        CommandLine.Ended ended = check(Renamed.class).isExit(ExitCode.STATE_REFUSED);

        assertThat(ended.out())
                .contains(
                        "LOST     readings             positions: the checkpoint has positions of"
                                + " source readings, and the pipeline has no such step",
                        "a start is refused");
    }
}
