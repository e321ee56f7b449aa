package io.headrace.examples.fraud.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.cli.Console;
import io.headrace.cli.ExitCode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stops a real process with SIGSTOP for longer than it takes a split to become idle. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "knows no SIGSTOP")
class StoppedProcessTest {
    /** More than the 5 s of idleness, and more than the child needs for its input. */
    private static final int STOPPED_SECONDS = 8;

    private static final int RECORDS_PER_SECOND = 2_500;

    @TempDir private Path directory;

    @Test
    void nobodyCanTellFromTheOutputThatAProcessWasStopped() throws Exception {
        simulate();
        Path summary = directory.resolve("summary.json");
        List<String> command = new ArrayList<>(ThisProcess.command());
        command.addAll(List.of("demo", "fraud", "--announce-checkpoints"));
        command.addAll(options("stopped", 2));
        command.addAll(
                List.of("--checkpoint-interval", "200ms", "--rate", "" + RECORDS_PER_SECOND));

        Process child = new ProcessBuilder(command).redirectOutput(summary.toFile()).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getErrorStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith(ChaosRun.ANNOUNCEMENT)) {
                line = lines.readLine();
            }
            signal(child, "STOP");
            boolean endedMeanwhile = child.waitFor(STOPPED_SECONDS, TimeUnit.SECONDS);
            signal(child, "CONT");
            lines.lines().forEach(rest -> {});

            assertThat(line).isNotNull();
            assertThat(endedMeanwhile).isFalse();
            assertThat(child.waitFor()).isEqualTo(ExitCode.DONE);
        } finally {
            child.destroyForcibly();
        }

        assertThat(run("demo", options("whole", 1))).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(summary)).contains("\"late\":0", "\"recoveries\":0");
        for (String output : List.of("features", "alerts")) {
            assertThat(SortedDigest.of(directory.resolve("stopped-" + output)))
                    .isEqualTo(SortedDigest.of(directory.resolve("whole-" + output)));
        }
    }

    private void simulate() throws Exception {
        List<String> size = List.of("--days", "20", "--customers", "200", "--terminals", "300");
        List<String> arguments = new ArrayList<>(List.of("--out", directory.resolve("in") + ""));
        arguments.addAll(size);
        assertThat(run("simulate", arguments)).isEqualTo(ExitCode.DONE);
    }

    private List<String> options(String name, int parallelism) {
        return List.of(
                "--json",
                "--input=" + directory.resolve("in").resolve("transactions.csv"),
                "--labels=" + directory.resolve("in").resolve("labels.csv"),
                "--features=" + directory.resolve(name + "-features"),
                "--output=" + directory.resolve(name + "-alerts"),
                "--state=" + directory.resolve(name + "-state"),
                "--parallelism=" + parallelism);
    }

    private static int run(String command, List<String> arguments) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Console console = Console.of(said, said);
        return command.equals("demo")
                ? new DemoEntry().run(arguments, console)
                : new SimulateEntry().run(arguments, console);
    }

    private static void signal(Process child, String name)
            throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, "" + child.pid()).start().waitFor();
        assertThat(code).as("kill -" + name).isZero();
    }
}
