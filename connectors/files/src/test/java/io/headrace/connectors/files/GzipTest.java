package io.headrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipTest {
    record Payment(long id, String card) {}

    @TempDir private Path directory;

    private static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private FileSource<Payment> source(String name, byte[] content) throws IOException {
        Path file = java.nio.file.Files.write(directory.resolve(name), content);
        return Files.csv(file, Payment.class);
    }

    private static List<Object> read(FileSource<Payment> source) {
        return readFrom(source, null, new TreeMap<>());
    }

    /** Reads on from a position and notes those after so many records. */
    private static List<Object> readFrom(
            FileSource<Payment> source, FilePosition start, Map<Integer, FilePosition> positions) {
        CollectedOutput<Payment> out = new CollectedOutput<>();
        FileSplit split = source.enumerator(null).discover().get(0);
        try (Reader<Payment, FileSplit, FilePosition> reader =
                source.reader(new ReaderContext("read", 0, 1))) {
            reader.assign(split, start);
            while (reader.poll(split, out, 2) != Reader.Status.FINISHED) {
                positions.put(out.emitted().size(), reader.position(split));
            }
        }
        return out.emitted();
    }

    private static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int id = from; id < to; id++) {
            rows.append(id).append(",c").append(id * 7919L).append('\n');
        }
        return rows.toString();
    }

    @Test
    void readsAFileWhoseNameOrOptionSaysSo() throws IOException {
        byte[] content = gzip("id,card\n1,a\n2,b");

        assertThat(read(source("payments.csv.gz", content)))
                .containsExactly(new Payment(1, "a"), new Payment(2, "b"));
        assertThat(read(source("payments", content).gzip()))
                .containsExactly(new Payment(1, "a"), new Payment(2, "b"));
    }

    @Test
    void readsMembersAsOneContent() throws IOException {
        byte[] content = joined(gzip("id,card\n1,a\n2"), gzip(""), gzip(",b\n3,c\n"));

        assertThat(read(source("payments.csv.gz", content)))
                .containsExactly(new Payment(1, "a"), new Payment(2, "b"), new Payment(3, "c"));
    }

    @Test
    void goesOnExactlyBehindEveryRecord() throws IOException {
        FileSource<Payment> source =
                source(
                        "payments.csv.gz",
                        joined(gzip("id,card\n" + rows(0, 31)), gzip(rows(31, 60))));
        Map<Integer, FilePosition> positions = new TreeMap<>();
        List<Object> all = readFrom(source, null, positions);

        assertThat(all).hasSize(60);
        assertThat(positions).hasSizeGreaterThan(25);
        positions.forEach(
                (count, position) ->
                        assertThat(readFrom(source, position, new TreeMap<>()))
                                .isEqualTo(all.subList(count, all.size())));
    }

    @Test
    void goesOnFarBehindTheStartInBoundedSteps() throws IOException {
        FileSource<Payment> source =
                source("payments.csv.gz", gzip("id,card\n" + rows(0, 400_000)));
        FileSplit split = source.enumerator(null).discover().get(0);
        CollectedOutput<Payment> out = new CollectedOutput<>();
        long offset = 8 + rows(0, 399_999).length();

        int polls = 0;
        try (Reader<Payment, FileSplit, FilePosition> reader =
                source.reader(new ReaderContext("read", 0, 1))) {
            reader.assign(split, new FilePosition(offset, 400_001, false, 0));
            while (reader.poll(split, out, 1) != Reader.Status.FINISHED) {
                polls++;
            }
        }

        assertThat(out.emitted()).containsExactly(new Payment(399_999, "c" + 399_999L * 7919));
        assertThat(polls).isGreaterThanOrEqualTo((int) (offset >> 20));
    }

    @Test
    void aFileThatIsCutOffAnywhereIsNamed() throws IOException {
        byte[] whole = joined(gzip("id,card\n1,a\n"), gzip("2,b\n"));
        int firstMember = gzip("id,card\n1,a\n").length;
        for (int length = 0; length < whole.length; length++) {
            FileSource<Payment> cut = source("cut.csv.gz", Arrays.copyOf(whole, length));
            if (length == firstMember) {
                assertThat(read(cut)).containsExactly(new Payment(1, "a"));
                continue;
            }

            assertThatThrownBy(() -> read(cut))
                    .as("the first %s bytes", length)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("cut.csv.gz is truncated or damaged gzip: it ends inside")
                    .hasMessageContaining("get the whole file again");
        }
    }

    @Test
    void noDamagedByteGivesOtherRecords() throws IOException {
        byte[] whole = gzip("id,card\n" + rows(0, 20));
        List<Object> expected = read(source("payments.csv.gz", whole));
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            FileSource<Payment> source = source("damaged.csv.gz", damaged);
            try {
                assertThat(read(source)).as("byte %s", at).isEqualTo(expected); // Of the header.
            } catch (ConnectorException named) {
                assertThat(named).hasMessageContaining("damaged.csv.gz");
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(whole.length - 10);
    }

    @Test
    void aBombCostsNoMoreThanItsRecordsMay() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("id,card\n1,a\n".getBytes(StandardCharsets.UTF_8));
            for (int megabytes = 0; megabytes < 512; megabytes++) {
                gzip.write(zeros);
            }
            gzip.write("\n2,b\n".getBytes(StandardCharsets.UTF_8));
        }

        List<Object> emitted = read(source("bomb.csv.gz", bytes.toByteArray()));

        assertThat(bytes.size()).isLessThan(1 << 20);
        assertThat(emitted).hasSize(3).contains(new Payment(1, "a"), new Payment(2, "b"));
        assertThat(emitted.get(1).toString())
                .startsWith("line 3: the record is larger than 1048576 bytes")
                .hasSizeLessThan(100_000);
    }
}
