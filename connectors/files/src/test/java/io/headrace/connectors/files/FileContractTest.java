package io.headrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.connector.Sink;
import io.headrace.formats.Csv;
import io.headrace.formats.Format;
import io.headrace.formats.Json;
import io.headrace.testkit.SinkContract;
import io.headrace.testkit.SourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every connector, held by files. */
class FileContractTest {
    private static final Pattern CARD = Pattern.compile("card \\d+");

    record Payment(long id, String card) {}

    @TempDir Path directory;
    private int targets;

    @Test
    void readsCsvFromEveryPosition() throws IOException {
        StringBuilder rows = new StringBuilder("id,card\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i).append(i % 7 == 0 ? ",\"a\nb,\"\"c\"\"\"\r\n" : ",card " + i + "\n");
        }
        rows.append("not a number,x\n").append("61,last without a line end");
        write("b.csv", rows.toString());
        write("a.csv", "card,id\nx,1\n\ny,2\n");
        write("c.csv", "id,card\n");

        int read = SourceContract.of(Files.csv(directory, Payment.class)).verify();

        assertThat(read).isEqualTo(64);
    }

    @Test
    void readsJsonLinesFromEveryPosition() throws IOException {
        write("a.jsonl", "{\"id\":1,\"card\":\"a\"}\n{\"id\":\n{\"id\":3,\"card\":\"é\"}");

        int read = SourceContract.of(Files.jsonLines(directory, Payment.class)).verify();

        assertThat(read).isEqualTo(3);
    }

    @Test
    void readsFromEveryPositionInNoOrder() throws IOException {
        write("a.csv", "id,card\n1,a\n2,b\n3,c\n");

        int read = SourceContract.of(Files.csv(directory, Payment.class).unordered()).verify();

        assertThat(read).isEqualTo(3);
    }

    @Test
    void writesJsonLinesOnce() {
        writesOnce(Json.lines(Payment.class), 128 << 20);
    }

    @Test
    void writesCsvOnce() {
        writesOnce(Csv.of(Payment.class), 128 << 20);
    }

    @Test
    void writesManyPartsPerEpochOnce() {
        writesOnce(Json.lines(Payment.class), 1);
    }

    private void writesOnce(Format<Payment> format, long partBytes) {
        SinkContract.of(
                        () -> target(format, partBytes),
                        number -> new Payment(number, "card " + number),
                        directory)
                .verify();
    }

    private SinkContract.Target<Payment> target(Format<Payment> format, long partBytes) {
        Path place = directory.resolve("target" + targets++);
        return new SinkContract.Target<>() {
            @Override
            public Sink<Payment> sink() {
                return FileSink.of(place, format).partBytes(partBytes);
            }

            @Override
            public List<String> shown() {
                return cards(place);
            }

            @Override
            public String asShown(Payment payment) {
                return payment.card();
            }
        };
    }

    /** Finds the cards in all visible files, without the parsers under test. */
    private static List<String> cards(Path place) {
        if (!java.nio.file.Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = java.nio.file.Files.list(place)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(FileContractTest::isVisible).toList()) {
                text.append(java.nio.file.Files.readString(file));
            }
            return CARD.matcher(text).results().map(MatchResult::group).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isVisible(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    private void write(String name, String text) throws IOException {
        java.nio.file.Files.writeString(directory.resolve(name), text);
    }
}
