package io.headrace.connectors.files;

import io.headrace.connector.Lineage;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.connector.SourceOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/**
 * How many rows per second does one core read from a CSV file and write to JSON part files, and how
 * long does a poll take?
 *
 * <p>Arguments: a directory for the files. {@code mvn -q test-compile dependency:build-classpath
 * -Dmdep.outputFile=target/classpath -pl connectors/files -am}, then {@code java -cp
 * connectors/files/target/classes:connectors/files/target/test-classes:$(cat
 * connectors/files/target/classpath) io.headrace.connectors.files.FilesBenchmark /tmp/files}
 */
public final class FilesBenchmark {
    private static final int ROWS = 2_000_000;
    private static final int ROUNDS = 6;

    record Payment(long id, Instant time, long customer, long terminal, BigDecimal amount) {}

    private FilesBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        java.nio.file.Files.createDirectories(directory);
        Path csv = directory.resolve("payments.csv");
        write(csv);
        for (int round = 1; round <= ROUNDS; round++) {
            read(csv);
            copy(csv, directory.resolve("out"), round);
        }
    }

    private static void write(Path csv) throws IOException {
        StringBuilder text = new StringBuilder("id,time,customer,terminal,amount\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row).append(',').append(Instant.ofEpochSecond(1_522_540_800L + row * 9L));
            text.append(',').append(row % 5000).append(',').append(row * 7 % 10_000);
            text.append(',').append(BigDecimal.valueOf(row * 31 % 20_000 + 100, 2)).append('\n');
        }
        java.nio.file.Files.writeString(csv, text);
    }

    private static void read(Path csv) {
        long[] rows = {0};
        long[] polls = new long[1 + ROWS / 100];
        long start = System.nanoTime();
        int count = poll(csv, value -> rows[0]++, polls);
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(polls, 0, count);
        System.out.printf(
                "read  %,10.0f rows/s, poll p99 %d µs, max %d µs%n",
                rows[0] / seconds, polls[count * 99 / 100] / 1000, polls[count - 1] / 1000);
    }

    private static void copy(Path csv, Path target, long owner) {
        Lineage lineage = new Lineage("00000000000000aa", "", 0);
        FileSink<Payment> sink = Files.jsonLinesTo(target, Payment.class);
        long start = System.nanoTime();
        try (SinkWriter<Payment> writer =
                sink.writer(new SinkContext("write", 0, 1, lineage, owner, target))) {
            poll(csv, value -> writer.write(value, 0), new long[1 + ROWS / 100]);
            long written = System.nanoTime();
            double seconds = (written - start) / 1e9;
            writer.prepare(piece -> Path.of(piece.pending()).toFile().delete());
            System.out.printf(
                    "copy  %,10.0f rows/s, then prepare %d ms%n",
                    ROWS / seconds, (System.nanoTime() - written) / 1_000_000);
        }
    }

    private interface Rows {
        void take(Payment value);
    }

    private static int poll(Path csv, Rows rows, long[] nanosByPoll) {
        FileSource<Payment> source = Files.csv(csv, Payment.class);
        FileSplit split = source.enumerator(null).discover().get(0);
        SourceOutput<Payment> out =
                new SourceOutput<>() {
                    @Override
                    public void emit(Payment value) {
                        rows.take(value);
                    }

                    @Override
                    public void emit(Payment value, long timestampMillis) {
                        rows.take(value);
                    }

                    @Override
                    public void watermark(long timestampMillis) {
                        throw new AssertionError("files know no time of their own");
                    }

                    @Override
                    public void deadLetter(String position, String reason, byte[] raw) {
                        throw new AssertionError(position + ": " + reason);
                    }
                };
        int count = 0;
        try (Reader<Payment, FileSplit, FilePosition> reader =
                source.reader(new ReaderContext("read", 0, 1))) {
            reader.assign(split, null);
            Reader.Status status = Reader.Status.MORE;
            while (status != Reader.Status.FINISHED) {
                long start = System.nanoTime();
                status = reader.poll(split, out, 512);
                nanosByPoll[count++] = System.nanoTime() - start;
            }
        }
        return count;
    }
}
