package io.headrace.examples.fraud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.StateRefusedException;
import io.headrace.cli.Console;
import io.headrace.cli.ExitCode;
import io.headrace.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoEntryTest {
    @TempDir private Path directory;

    private Path input;

    /** What a command printed, and its exit code. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void simulate() throws Exception {
        input = directory.resolve("input");
        List<String> arguments = new ArrayList<>(List.of("--out", input.toString()));
        arguments.addAll(List.of("--days", "12", "--customers", "40", "--terminals", "60"));
        new SimulateEntry().run(arguments, console(new ByteArrayOutputStream()));
    }

    private static Console console(ByteArrayOutputStream out) {
        return Console.of(out, new ByteArrayOutputStream());
    }

    private Ended demo(String... more) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new DemoEntry().run(arguments(more), Console.of(out, err));
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--input", input.resolve("transactions.csv").toString()));
        for (String place : List.of("features", "output", "state")) {
            arguments.addAll(List.of("--" + place, directory.resolve(place).toString()));
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    private String labels() {
        return input.resolve("labels.csv").toString();
    }

    /** Every file below the directory, with its content. */
    private Map<String, String> everything() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    @Test
    void jsonIsOneObjectWithTheListedFields() throws Exception {
        Ended ended = demo("--labels", labels(), "--json");

        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines()).hasSize(1);
        List<String> names = new ArrayList<>();
        for (String field : ended.out().strip().split(",\"")) {
            names.add(field.substring(0, field.indexOf('"', 2)).replaceAll("[{\"]", ""));
        }
        assertThat(names).isEqualTo(Summary.JSON_FIELDS);
        assertThat(ended.out()).contains("\"late\":0,\"deadLetters\":0,").doesNotContain("null");
    }

    @Test
    void withoutLabelsQualityIsNull() throws Exception {
        Ended ended = demo("--json");

        assertThat(ended.out())
                .contains("\"precision\":null,\"recall\":null,\"averagePrecision\":null")
                .contains("\"fraudShare\":null", "\"labels\":null");
    }

    @Test
    void afterTheEndItSaysSoPrintsTheSameAndChangesNothing() throws Exception {
        Ended first = demo("--labels", labels(), "--json");
        Map<String, String> before = everything();

        Ended again = demo("--labels", labels(), "--json", "--parallelism", "3");

        assertThat(again.code()).isZero();
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(again.err()).contains("this has finished; --fresh starts over");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void freshStartsOver() throws Exception {
        demo("--labels", labels(), "--json");

        Ended fresh = demo("--json", "--fresh");

        assertThat(fresh.out()).contains("\"labels\":null", "\"recoveries\":0");
    }

    @Test
    void otherOptionsAreRefusedWithBothValues() throws Exception {
        demo("--json");

        assertThatThrownBy(() -> demo("--labels", labels()))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("--labels none")
                .hasMessageContaining("now it is " + labels())
                .hasMessageContaining("--fresh");
        assertThatThrownBy(() -> demo("--out-of-orderness", "2h"))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("0s")
                .hasMessageContaining("2h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "features", "output"})
    void whatTheDemoDidNotWriteIsNeitherUsedNorDeleted(String place) throws Exception {
        Path theirs = Files.createDirectories(directory.resolve(place)).resolve("precious");
        Files.writeString(theirs, "data");

        assertThatThrownBy(() -> demo("--json")).isInstanceOf(StateRefusedException.class);
        assertThatThrownBy(() -> demo("--json", "--fresh"))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("--" + place);
        assertThat(theirs).hasContent("data");
    }

    @Test
    void columnsAndTimesMayBeWrittenOtherwise() throws Exception {
        Ended expected = demo("--json");
        Path file = input.resolve("transactions.csv");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("id,time,customer", "TX_ID,\"TX_DATETIME\",CUSTOMER_ID")
                        .replaceAll("T(\\d\\d:\\d\\d:\\d\\d)Z", " $1"));

        Ended mapped =
                demo(
                        "--fresh",
                        "--json",
                        "--columns",
                        "id=TX_ID,time=TX_DATETIME,customer=CUSTOMER_ID");

        String counts = "\"transactions\":\\d+,\"alerts\":\\d+,\"late\":0,\"deadLetters\":0";
        assertThat(mapped.out()).containsPattern(counts);
        assertThat(mapped.out().split("precision")[0])
                .isEqualTo(expected.out().split("precision")[0]);
    }

    @Test
    void theSummaryForPeopleSaysThatEveryRecordIsAccountedFor() throws Exception {
        Ended ended = demo("--labels", labels(), "--rate", "100000");

        assertThat(ended.code()).isEqualTo(ExitCode.DONE);
        assertThat(ended.out()).contains("accounted for  every record", "p99.9", "→");
    }

    @Test
    void optionsThatExcludeEachOtherAreWrongUse() {
        for (String[] wrong :
                new String[][] {
                    {"--days", "3"},
                    {"--chaos", "--json"},
                    {"--columns", "nothing"},
                    {"--columns", "ident=ID"},
                    {"--parallelism", "0"},
                    {"--checkpoint-interval", "soon"},
                    {"--rate", "-1"},
                    {"--labels", "/no/such/file"},
                    {"--no-such-option"}
                }) {
            assertThatThrownBy(() -> demo(wrong))
                    .as(String.join(" ", wrong))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining(wrong[0]);
        }
    }
}
