package io.headrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Enumerator;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.formats.Csv;
import io.headrace.formats.Format;
import io.headrace.formats.Json;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    record Payment(long id, String card) {}

    @TempDir Path directory;

    @Test
    void readsAFileInItsOrder() throws IOException {
        Path file = write("payments.csv", "id,card\n1,a\n2,\"b\nb\"\r\n3,c");

        List<Object> emitted = readAll(Files.csv(file, Payment.class));

        assertThat(emitted)
                .containsExactly(new Payment(1, "a"), new Payment(2, "b\nb"), new Payment(3, "c"));
    }

    @Test
    void readsADirectoryInTheOrderOfNamesWithoutHiddenFiles() throws IOException {
        write("b.csv", "id,card\n2,b\n");
        write("a.csv", "id,card\n1,a\n");
        write(".hidden.csv", "id,card\n9,z\n");
        java.nio.file.Files.createDirectory(directory.resolve("c.csv"));

        List<Object> emitted = readAll(Files.csv(directory, Payment.class));

        assertThat(emitted).containsExactly(new Payment(1, "a"), new Payment(2, "b"));
    }

    @Test
    void readsTheFilesThatMatchAGlob() throws IOException {
        write("a.jsonl", "{\"id\":1,\"card\":\"a\"}\n");
        write("b.txt", "not JSON");

        List<Object> emitted = readAll(Files.jsonLines(directory + "/*.jsonl", Payment.class));

        assertThat(emitted).containsExactly(new Payment(1, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a.jsonl", "/*.jsonl"})
    void remembersTheFilesOfARelativePathInFull(String end) throws IOException {
        Path file = write("a.jsonl", "{\"id\":1,\"card\":\"a\"}\n");
        Path relative = Path.of("").toAbsolutePath().relativize(directory);

        FileSplit split = split(Files.jsonLines(relative + end, Payment.class));

        assertThat(Path.of(split.path())).isAbsolute();
        assertThat(Path.of(split.path()).normalize()).isEqualTo(file);
    }

    @Test
    void namesWhatItCannotFind() {
        Path missing = directory.resolve("missing.csv");

        assertThatThrownBy(() -> readAll(Files.csv(missing, Payment.class)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> readAll(Files.csv(directory + "/*.csv", Payment.class)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("no file matches *.csv");
        assertThatThrownBy(() -> Files.csv("a/*/b.csv", Payment.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("last part");
    }

    @Test
    void namesFileHeaderAndExpectedColumns() throws IOException {
        Path file = write("payments.csv", "id,CARD\n1,a\n");

        assertThatThrownBy(() -> readAll(Files.csv(file, Payment.class)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("payments.csv: column \"card\" is missing")
                .hasMessageContaining("id,CARD")
                .hasMessageContaining("id, card");
        assertThat(readAll(Files.csv(file, Payment.class).columns(Map.of("card", "CARD"))))
                .containsExactly(new Payment(1, "a"));
    }

    @Test
    void reportsMalformedRecordsWithTheirLines() throws IOException {
        Path file = write("payments.csv", "id,card\n1,\"a\na\"\nx,b\n\n3,c\n4,\"d\n5,e\n");

        List<Object> emitted = readAll(Files.csv(file, Payment.class));

        assertThat(emitted)
                .containsExactly(
                        new Payment(1, "a\na"),
                        "line 4: id: expected an integer, found \"x\": x,b",
                        new Payment(3, "c"),
                        "line 7: a quote of this line does not close: 4,\"d",
                        new Payment(5, "e"));
    }

    @ParameterizedTest(name = "chunks of {0} bytes")
    @ValueSource(ints = {1, 3, 17, 1000})
    void resumesExactlyBehindEveryRecord(int chunkBytes) throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Path file = write("input-" + seed, hostile(new Random(seed)));
            Format<Payment> format = Csv.of(Payment.class).recordBytesMax(24);
            FileSplit split = split(Files.read(file, format));
            List<FilePosition> positions = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            CollectedOutput<Payment> whole = new CollectedOutput<>();
            try (Reader<Payment, FileSplit, FilePosition> reader = reader(format, chunkBytes)) {
                reader.assign(split, null);
                while (reader.poll(split, whole, 1) != Reader.Status.FINISHED) {
                    positions.add(reader.position(split));
                    counts.add(whole.emitted().size());
                }
            }

            for (int index = 0; index < positions.size(); index++) {
                FilePosition position = throughCodec(new FilePositionCodec(), positions.get(index));
                List<Object> rest = read(reader(format, 100), split, position);

                assertThat(rest)
                        .as("seed %d from %s", seed, position)
                        .isEqualTo(
                                whole.emitted().subList(counts.get(index), whole.emitted().size()));
            }
        }
    }

    @Test
    void boundsMemoryWhenAQuoteNeverCloses() throws IOException {
        String body = "9,zzzzzzzzzz\n".repeat(400_000);
        Path file = write("payments.csv", "id,card\n1,\"a\n" + body);

        List<Object> emitted = readAll(Files.csv(file, Payment.class));

        assertThat(emitted).hasSize(400_001);
        assertThat(emitted.get(0).toString())
                .startsWith("line 2: the record is larger than 1048576 bytes");
    }

    @Test
    void emitsAtMostWhatWasAskedFor() throws IOException {
        Path file = write("payments.csv", "id,card\n" + "1,a\n".repeat(100));
        FileSource<Payment> source = Files.csv(file, Payment.class);
        FileSplit split = split(source);
        CollectedOutput<Payment> out = new CollectedOutput<>();

        try (Reader<Payment, FileSplit, FilePosition> reader = reader(source)) {
            reader.assign(split, null);
            reader.poll(split, out, 7);
        }

        assertThat(out.emitted()).hasSize(7);
    }

    @Test
    void refusesAFileThatShrankOrWasReplaced() throws IOException {
        Path file = write("payments.csv", "id,card\n1,a\n2,b\n");
        FileSource<Payment> source = Files.csv(file, Payment.class);
        FileSplit split = split(source);
        FileTime time = java.nio.file.Files.getLastModifiedTime(file);

        write("payments.csv", "id,card\n1,a\n");
        java.nio.file.Files.setLastModifiedTime(file, time);

        assertThatThrownBy(() -> read(reader(source), split, null))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("payments.csv changed");

        write("payments.csv", "id,card\n9,x\n8,y\n");
        java.nio.file.Files.setLastModifiedTime(
                file, FileTime.from(time.toInstant().plusSeconds(5)));

        assertThatThrownBy(() -> read(reader(source), split, null))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("payments.csv changed");
    }

    @Test
    void neverFindsTheSameFilesTwice() throws IOException {
        write("a.csv", "id,card\n1,a\n");
        FileSource<Payment> source = Files.csv(directory, Payment.class);
        byte[] before;
        byte[] after;

        try (Enumerator<FileSplit> enumerator = source.enumerator(null)) {
            before = enumerator.snapshot();
            assertThat(enumerator.discover()).hasSize(1);
            after = enumerator.snapshot();
        }

        assertThat(source.enumerator(before).discover()).hasSize(1);
        assertThat(source.enumerator(after).done()).isTrue();
        assertThat(source.enumerator(after).discover()).isEmpty();
    }

    @Test
    void rangesOfAFileHoldEachRecordOnce() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Path file = write("input-" + seed, hostile(new Random(seed)));
            Format<Payment> format = Csv.of(Payment.class).recordBytesMax(1000).oneRecordPerLine();
            FileSplit whole = split(Files.read(file, format));
            List<Object> expected = read(reader(format, 50), whole, null);
            long size = whole.sizeBytes();
            long middle = 9 + new Random(seed).nextInt((int) size - 8);

            List<Object> ranges = new ArrayList<>();
            for (long[] range : new long[][] {{0, middle}, {middle, size}}) {
                FileSplit split =
                        new FileSplit(
                                whole.path(), size, whole.modifiedMillis(), range[0], range[1]);
                ranges.addAll(read(reader(format, 7), split, null));
            }

            assertThat(ranges.stream().map(FileSourceTest::withoutPlace).toList())
                    .as("seed %d, cut at %d", seed, middle)
                    .isEqualTo(expected.stream().map(FileSourceTest::withoutPlace).toList());
        }
    }

    @Test
    void readsFilesOfSomeChunks() throws IOException {
        StringBuilder lines = new StringBuilder();
        LongStream.range(0, 50_000)
                .forEach(id -> lines.append("{\"id\":" + id + ",\"card\":\"card " + id + "\"}\n"));
        Path file = write("payments.jsonl", lines.toString());

        List<Object> emitted = readAll(Files.read(file, Json.lines(Payment.class)));

        assertThat(emitted).hasSize(50_000).last().isEqualTo(new Payment(49_999, "card 49999"));
    }

    @Test
    void refusesRangesInFrontOfEventTime() {
        FileSource<Payment> source = Files.csv("payments.csv", Payment.class);

        assertThatThrownBy(
                        () -> source.eventTime(payment -> Instant.EPOCH, Duration.ZERO).unordered())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exclude each other");
    }

    @Test
    void sourcesAndSinksAreSerializable() throws Exception {
        Path file = write("payments.csv", "ID,card\n1,a\n");
        FileSource<Payment> source =
                Files.csv(file, Payment.class)
                        .columns(Map.of("id", "ID"))
                        .eventTime(payment -> Instant.EPOCH, Duration.ZERO);

        FileSource<?> copy = (FileSource<?>) serialized(source);
        FileSink<?> sink = (FileSink<?>) serialized(Files.csvTo(directory, Payment.class));

        assertThat(readAll(copy)).containsExactly(new Payment(1, "a"));
        assertThat(sink.target()).isEqualTo(directory.toAbsolutePath().toString());
    }

    private static Object serialized(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void codecsAreTotal() {
        FileSplit split = new FileSplit("ä.csv", 100, 1234, 10, 90);

        assertThat(throughCodec(new FileSplitCodec(), split)).isEqualTo(split);
        byte[] bytes = bytes(new FileSplitCodec(), split);
        Random random = new Random(0);
        for (int change = 0; change < 2000; change++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            requireTotal(new FileSplitCodec(), damaged);
            requireTotal(new FilePositionCodec(), damaged);
        }
    }

    private static void requireTotal(Codec<?> codec, byte[] bytes) {
        try {
            assertThat(codec.read(new BytesIn(bytes), 1)).isNotNull();
        } catch (DecodeException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }

    private static Object withoutPlace(Object emitted) {
        return emitted instanceof String letter ? letter.replaceAll("^[a-z]+ \\d+", "") : emitted;
    }

    private static String hostile(Random random) {
        String[] pieces = {"1,a\n", "2,\"b\n", "3,\"c\"\r\n", "\"", ",", "x", "\r", "\n", "é\n"};
        StringBuilder text = new StringBuilder("id,card\n");
        for (int piece = random.nextInt(40); piece >= 0; piece--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private Path write(String name, String content) throws IOException {
        return java.nio.file.Files.write(
                directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> FileSplit split(FileSource<T> source) {
        return throughCodec(new FileSplitCodec(), source.enumerator(null).discover().get(0));
    }

    private static <T> Reader<T, FileSplit, FilePosition> reader(FileSource<T> source) {
        return source.reader(new ReaderContext("read", 0, 1));
    }

    private static <T> Reader<T, FileSplit, FilePosition> reader(Format<T> format, int chunkBytes) {
        return new FileReader<>(new SplitInput.Settings<>(format, false, chunkBytes));
    }

    private static <T> List<Object> readAll(FileSource<T> source) {
        List<Object> emitted = new ArrayList<>();
        for (FileSplit split : source.enumerator(null).discover()) {
            emitted.addAll(read(reader(source), split, null));
        }
        return emitted;
    }

    private static <T> List<Object> read(
            Reader<T, FileSplit, FilePosition> reader, FileSplit split, FilePosition position) {
        CollectedOutput<T> out = new CollectedOutput<>();
        try (reader) {
            reader.assign(split, position);
            while (reader.poll(split, out, 1000) != Reader.Status.FINISHED) {
                assertThat(reader.position(split)).isNotNull();
            }
        }
        return out.emitted();
    }

    private static <T> T throughCodec(Codec<T> codec, T value) {
        Function<byte[], T> read = bytes -> codec.read(new BytesIn(bytes), codec.version());
        return read.apply(bytes(codec, value));
    }

    private static <T> byte[] bytes(Codec<T> codec, T value) {
        BytesOut out = new BytesOut(64);
        codec.write(value, out);
        return out.toByteArray();
    }
}
