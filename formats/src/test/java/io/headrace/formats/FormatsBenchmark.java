package io.headrace.formats;

import io.headrace.type.BytesOut;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How many rows per second does one core decode from CSV and encode as JSON?
 *
 * <p>{@code mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl
 * formats -am}, then {@code java -cp formats/target/classes:formats/target/test-classes:$(cat
 * formats/target/classpath) io.headrace.formats.FormatsBenchmark}
 */
public final class FormatsBenchmark {
    private static final int ROWS = 200_000;
    private static final int ROUNDS = 12;

    record Payment(long id, Instant time, long customer, long terminal, BigDecimal amount) {}

    record Features(
            long id,
            Instant time,
            long customer,
            long terminal,
            BigDecimal amount,
            long customerCount1d,
            double customerAverage1d,
            long customerCount7d,
            double customerAverage7d,
            long customerCount30d,
            double customerAverage30d,
            long terminalCount1d,
            double terminalFraudRate1d,
            long terminalCount7d,
            double terminalFraudRate7d,
            long terminalCount30d,
            double terminalFraudRate30d,
            long score,
            Decision decision) {}

    enum Decision {
        APPROVE,
        REVIEW
    }

    private FormatsBenchmark() {}

    public static void main(String[] arguments) {
        byte[] csv = csv();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long rows = decode(csv, Csv.of(Payment.class));
            report("CSV decode", rows, csv.length, start);
            encode("JSON encode", Json.lines(Features.class), round);
            encode("CSV encode", Csv.of(Features.class), round);
        }
        byte[] json = json();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long rows = decode(json, Json.lines(Features.class));
            report("JSON decode", rows, json.length, start);
        }
    }

    private static void report(String what, long rows, long bytes, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%-12s %,10.0f rows/s %6.0f MB/s%n", what, rows / seconds, bytes / seconds / 1e6);
    }

    private static byte[] csv() {
        StringBuilder text = new StringBuilder("id,time,customer,terminal,amount\n");
        long seconds = 1_522_540_800;
        for (int row = 0; row < ROWS; row++) {
            text.append(row).append(',').append(Instant.ofEpochSecond(seconds + row * 9L));
            text.append(',').append(row % 5000).append(',').append(row * 7 % 10_000);
            text.append(',').append(BigDecimal.valueOf(row * 31 % 20_000 + 100, 2)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json() {
        BytesOut out = new BytesOut(1 << 20);
        Encoder<Features> encoder = Json.lines(Features.class).encoder();
        for (int row = 0; row < ROWS; row++) {
            encoder.encode(features(row), out);
        }
        return out.toByteArray();
    }

    private static Features features(int row) {
        double x = row * 1.37 / 7;
        return new Features(
                row,
                Instant.ofEpochSecond(1_522_540_800L + row),
                row % 5000,
                row % 10_000,
                BigDecimal.valueOf(row % 20_000, 2),
                3,
                x,
                17,
                x / 3,
                60,
                x / 11,
                5,
                1.0 / (1 + row % 7),
                30,
                2.0 / (3 + row % 11),
                120,
                0,
                row % 100,
                row % 50 == 0 ? Decision.REVIEW : Decision.APPROVE);
    }

    private static void encode(String what, Format<Features> format, int round) {
        Features[] rows = new Features[4096];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = features(row + round);
        }
        Encoder<Features> encoder = format.encoder();
        BytesOut out = new BytesOut(1 << 17);
        long bytes = 0;
        long start = System.nanoTime();
        for (int row = 0; row < ROWS; row++) {
            encoder.encode(rows[row & 4095], out);
            if (out.size() > 1 << 16) {
                bytes += out.size();
                out.clear();
            }
        }
        report(what, ROWS, bytes, start);
    }

    private static <T> long decode(byte[] bytes, Format<T> format) {
        Decoder<T> decoder = format.decoder("benchmark");
        Frames frames = new Frames();
        long[] rows = {0};
        Decoded<T> out =
                new Decoded<>() {
                    @Override
                    public void record(T value) {
                        rows[0]++;
                    }

                    @Override
                    public void malformed(int frame, String reason) {
                        throw new AssertionError(reason);
                    }
                };
        int from = decoder.preamble(bytes, bytes.length, true, frames);
        while (from < bytes.length) {
            frames.begin(Frames.RECORDS_MAX, false, 0);
            decoder.frame(bytes, from, bytes.length, true, frames);
            decoder.decode(bytes, frames, out);
            from = frames.next();
        }
        return rows[0];
    }
}
