package io.headrace.examples.fraud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.cli.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes; takes about a minute. */
class ChaosRunTest {
    private static final int KILLS = 20;

    @TempDir private Path directory;

    @Test
    void nobodyCanTellFromTheOutputThatProcessesWereKilled() throws Exception {
        Path input = directory.resolve("input");
        List<String> simulate = new ArrayList<>(List.of("--out", input.toString()));
        simulate.addAll(List.of("--days", "40", "--customers", "400", "--terminals", "600"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SimulateEntry().run(simulate, Console.of(out, out));

        List<String> chaos = new ArrayList<>(List.of("--chaos", "--kills", "" + KILLS));
        chaos.addAll(List.of("--input", input.resolve("transactions.csv").toString()));
        chaos.addAll(List.of("--labels", input.resolve("labels.csv").toString()));
        for (String place : List.of("features", "output", "state")) {
            chaos.addAll(List.of("--" + place, directory.resolve(place).toString()));
        }
        int code = new DemoEntry().run(chaos, Console.of(out, out));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("kill " + KILLS + ":")
                .endsWith("identical" + System.lineSeparator());
        assertThat(code).isZero();
    }
}
