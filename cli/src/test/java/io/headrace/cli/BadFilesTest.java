package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.connector.DeadLetter;
import io.headrace.formats.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files that are not what they should be. */
class BadFilesTest {
    private static final String HEADER = "id,time,value\n";
    private static final String GOOD = "1,2024-01-01T00:00:00Z,12.5\n";
    private static final String GOOD_JSON =
            "{\"id\":1,\"time\":\"2024-01-01T00:00:00Z\",\"value\":12.5}\n";

    @TempDir private Path directory;
    private CommandLine command;

    @BeforeEach
    void create() {
        command = new CommandLine(directory);
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands for a quote and for a byte 0 in the tables below. */
    private static String typed(String text) {
        return text.replace('\'', '"').replace("^@", "\0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "wrong type | x,2024-01-01T00:00:00Z,1   | id: expected an integer",
                "decimal comma | 2,2024-01-01T00:00:00Z,'12,50' | expected a number",
                "split decimal comma | 2,2024-01-01T00:00:00Z,12,50 | has 4 fields",
                "February 30th | 2,2024-02-30T00:00:00Z,1   | time: expected a time such as",
                "beyond double | 2,2024-01-01T00:00:00Z,1e309 | number 1e309 is beyond",
                "missing field | 2,2024-01-01T00:00:00Z     | has 2 fields, the header has 3",
                "quote inside a field | 2,2024-01-01T00:00:00Z,'1'x | not as in RFC 4180",
                "quote never closes | 2,2024-01-01T00:00:00Z,'1  | a quote of this line does not",
                "NUL | 2,2024-01-01T00:00:00Z,1^@ | value: expected a number",
            })
    void aMalformedRowIsADeadLetter(String what, String row, String reason) throws IOException {
        Path input = write("in.csv", HEADER + GOOD + typed(row) + "\n" + GOOD);

        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE).says("dead letters 1");

        assertThat(command.published()).hasSize(2);
        assertThat(command.deadLetters()).hasSize(1);
        assertThat(command.deadLetters().get(0))
                .contains(reason, "\"split\":\"" + input + "\"", "\"position\":\"line 3\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no JSON         | {'id':2,                   | no JSON",
                "no object       | [2]                        | expected a JSON object",
                "wrong type      | {'id':'2','time':null,'value':1} | id",
                "a field twice   | {'id':2,'id':3}            | id: occurs twice",
                "February 30th   | {'id':2,'time':'2024-02-30T00:00:00Z','value':1} | time",
                "beyond double   | {'id':2,'time':null,'value':1e309} | beyond double",
                "NUL             | ^@{'id':2}                 | expected UTF-8, found a zero byte",
                "two in one line | {'id':2,'time':null,'value':1}{} | text follows the object",
            })
    void aMalformedLineOfJsonIsADeadLetter(String what, String line, String reason)
            throws IOException {
        Path input = write("in.jsonl", GOOD_JSON + typed(line) + "\n" + GOOD_JSON);

        command.run(Readings.FromJson.class, input).isExit(ExitCode.DONE).says("dead letters 1");

        assertThat(command.published()).hasSize(2);
        assertThat(command.deadLetters()).hasSize(1);
        assertThat(command.deadLetters().get(0)).contains(reason, "\"position\":\"line 2\"");
    }

    @Test
    void aRowThatIsNotUtf8IsADeadLetterWithItsBytes() throws IOException {
        byte[] bytes = (HEADER + GOOD + "?\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        bytes[HEADER.length() + GOOD.length()] = (byte) 0xFF;
        Path input = write("in.csv", bytes);

        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE);

        assertThat(command.published()).hasSize(2);
        assertThat(command.deadLetters().get(0)).contains("malformed UTF-8", "\"base64\":\"/w==\"");
    }

    @Test
    void theLargestDoubleIsAValue() throws IOException {
        Path input = write("in.csv", HEADER + "1,2024-01-01T00:00:00Z,1e308\n");

        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE);

        assertThat(command.published().get(0)).contains("1.0E308");
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreNoContent() throws IOException {
        Path csv = write("in.csv", "\uFEFF" + (HEADER + GOOD).replace("\n", "\r\n"));
        Path json = write("in.jsonl", "\uFEFF" + GOOD_JSON.replace("\n", "\r\n"));

        command.run(Readings.FromCsv.class, csv).isExit(ExitCode.DONE);
        CommandLine.headrace("run", Readings.FromJson.class.getName(), json.toString())
                .isExit(ExitCode.DONE);

        assertThat(command.published()).hasSize(2).containsOnly(GOOD_JSON.strip());
        assertThat(command.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordAboveTheLimitIsADeadLetterOfBoundedSize(boolean manyFields) throws IOException {
        byte[] large = new byte[3 * Format.RECORD_BYTES_MAX];
        Arrays.fill(large, (byte) (manyFields ? ',' : '1'));
        Path input = directory.resolve("in.csv");
        try (OutputStream out = Files.newOutputStream(input)) {
            out.write((HEADER + GOOD + "2,2024-01-01T00:00:00Z,").getBytes(StandardCharsets.UTF_8));
            out.write(large);
            out.write(("\n" + GOOD).getBytes(StandardCharsets.UTF_8));
        }

        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE);

        assertThat(command.published()).hasSize(2);
        assertThat(command.deadLetters()).hasSize(1);
        assertThat(command.deadLetters().get(0))
                .contains("line 3", "the record is larger than 1048576 bytes")
                .hasSizeLessThan(DeadLetter.RAW_BYTES_MAX + 1000);
    }

    @Test
    void aQuoteThatNeverClosesCostsItsLineIn100Megabytes() throws IOException {
        Path input = directory.resolve("in.csv");
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        int rows = 100_000_000 / good.length;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
            out.write((HEADER + "\"2,2024-01-01T00:00:00Z,1\n").getBytes(StandardCharsets.UTF_8));
            for (int row = 0; row < rows; row++) {
                out.write(good);
            }
        }

        command.run(Readings.FromCsv.class, input)
                .isExit(ExitCode.DONE)
                .says("readings: in " + (rows + 1) + ", out " + rows + ", dead letters 1");

        assertThat(command.deadLetters()).hasSize(1);
        assertThat(command.deadLetters().get(0))
                .contains("line 2", "1048576 bytes: a quote of this line does not close");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id,time             | column \"value\" is missing",
                "id,time,value,value | column \"value\" occurs twice",
                "id;time;value       | column \"id\" is missing",
            })
    void aHeaderThatDoesNotFitStopsTheJob(String header, String what) throws IOException {
        Path input = write("in.csv", header + "\n" + GOOD);

        command.run(Readings.FromCsv.class, input)
                .isExit(ExitCode.FAILED)
                .says(input + ": " + what, "the header is " + header)
                .says("expected are the columns id, time, value")
                .says("columns(Map.of(component, column)) maps other names");
    }

    @Test
    void aFileOfAnotherEncodingStopsTheJob() throws IOException {
        Path input = write("in.csv", ("\uFEFF" + HEADER).getBytes(StandardCharsets.UTF_16LE));

        command.run(Readings.FromCsv.class, input)
                .isExit(ExitCode.FAILED)
                .says(input + ": the header is no CSV record: malformed UTF-8");
    }

    @Test
    void aMissingFileStopsTheJob() {
        Path missing = directory.resolve("missing.csv");

        command.run(Readings.FromCsv.class, missing)
                .isExit(ExitCode.FAILED)
                .says("cannot read " + missing);
    }

    @Test
    void aFileWithoutBytesHasNoRecords() throws IOException {
        Path input = write("in.csv", "");

        command.run(Readings.FromCsv.class, input).isExit(ExitCode.DONE);

        assertThat(command.published()).isEmpty();
    }
}
