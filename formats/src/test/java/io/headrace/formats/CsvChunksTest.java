package io.headrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.formats.ChunkedInput.Event;
import io.headrace.formats.ChunkedInput.Position;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream is cut into chunks, and where it is resumed, must not change what comes out. */
class CsvChunksTest {
    private static final int CASES = 300;
    private static final String[] PIECES = {
        "\"", ",", "\n", "\r", "\r\n", "a", "é", "€", "😀", " ", "#", "x,y", "\"\"", "\u0000"
    };

    record Row(String name, Long number, Optional<String> note, BigDecimal amount) {}

    record Pair(String a, String b) {}

    @Test
    void decodesWhatAGeneratorWrote() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<Row> rows = rows(random);

            List<Event> events = ChunkedInput.whole(csv(random, rows), Csv.of(Row.class));

            assertThat(events).as("seed %d", seed).allMatch(event -> event.reason() == null);
            assertThat(events).as("seed %d", seed).extracting(Event::value).isEqualTo(rows);
        }
    }

    @Test
    void decodesTheSameInChunksOfAnySize() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            byte[] bytes = csv(random, rows(random));
            List<Event> whole = ChunkedInput.whole(bytes, Csv.of(Row.class));

            for (int chunk : new int[] {1, 2, 3, 7, 64}) {
                List<Event> chunked =
                        new ChunkedInput<>(bytes, Csv.of(Row.class), chunk, 3).fromStart();

                assertThat(chunked).as("seed %d, chunk %d", seed, chunk).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest(name = "records of at most {0} bytes")
    @ValueSource(ints = {1, 2, 5, 9, 20, 1000})
    void hostileBytesDecodeTheSameInChunksAndFromEveryPosition(int recordBytesMax) {
        Csv<Pair> format = Csv.of(Pair.class).recordBytesMax(Math.max(3, recordBytesMax));
        for (int seed = 0; seed < CASES; seed++) {
            byte[] bytes = hostile(new Random(seed), "a,b\n");
            List<Event> whole = ChunkedInput.whole(bytes, format);

            for (int chunk : new int[] {1, 2, 5, 11}) {
                ChunkedInput<Pair> input = new ChunkedInput<>(bytes, format, chunk, 1);

                assertThat(input.fromStart()).as("seed %d, chunk %d", seed, chunk).isEqualTo(whole);
                for (Position position : input.positions()) {
                    assertThat(new ChunkedInput<>(bytes, format, 4, 2).from(position))
                            .as("seed %d, from %s", seed, position)
                            .isEqualTo(whole.subList(position.events(), whole.size()));
                }
            }
        }
    }

    @ParameterizedTest(name = "records of at most {0} bytes")
    @ValueSource(ints = {2, 9, 1000})
    void hostileJsonDecodesTheSameInChunksAndFromEveryPosition(int recordBytesMax) {
        Json<Pair> format = Json.lines(Pair.class).recordBytesMax(recordBytesMax);
        for (int seed = 0; seed < CASES; seed++) {
            byte[] bytes = hostile(new Random(seed), "{\"a\":\"x\"}\n{}\r\n\n");
            List<Event> whole = ChunkedInput.whole(bytes, format);

            ChunkedInput<Pair> input = new ChunkedInput<>(bytes, format, 3, 1);

            assertThat(input.fromStart()).as("seed %d", seed).isEqualTo(whole);
            for (Position position : input.positions()) {
                assertThat(new ChunkedInput<>(bytes, format, 4, 2).from(position))
                        .as("seed %d, from %s", seed, position)
                        .isEqualTo(whole.subList(position.events(), whole.size()));
            }
        }
    }

    @Test
    void resumesExactlyBehindEveryRecord() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            byte[] bytes = csv(random, rows(random));
            ChunkedInput<Row> input = new ChunkedInput<>(bytes, Csv.of(Row.class), 50, 1);
            List<Event> all = input.fromStart();

            for (Position position : input.positions()) {
                List<Event> rest =
                        new ChunkedInput<>(bytes, Csv.of(Row.class), 50, 4).from(position);

                assertThat(rest).isEqualTo(all.subList(position.events(), all.size()));
            }
        }
    }

    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int row = random.nextInt(6); row > 0; row--) {
            rows.add(
                    new Row(
                            random.nextInt(4) == 0 ? null : text(random),
                            random.nextInt(4) == 0 ? null : random.nextLong(),
                            random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                            new BigDecimal(random.nextInt(100_000)).movePointLeft(2)));
        }
        return rows;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int piece = random.nextInt(5); piece > 0; piece--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static byte[] csv(Random random, List<Row> rows) {
        String lineEnd = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
        StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        csv.append("amount,ignored,note,number,name");
        for (Row row : rows) {
            csv.append(lineEnd).append(random.nextInt(5) == 0 ? lineEnd : "");
            csv.append(row.amount()).append(",\"z\"\"\",");
            csv.append(row.note().map(note -> quoted(random, note)).orElse("")).append(',');
            csv.append(row.number() == null ? "" : row.number()).append(',');
            csv.append(row.name() == null ? "" : quoted(random, row.name()));
        }
        csv.append(random.nextBoolean() ? lineEnd : "");
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(Random random, String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
        return plain && random.nextBoolean() ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static byte[] hostile(Random random, String start) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start.getBytes(StandardCharsets.UTF_8));
        for (int piece = random.nextInt(30); piece > 0; piece--) {
            bytes.writeBytes(
                    PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(10) == 0) {
                bytes.write(random.nextInt(256));
            }
        }
        return bytes.toByteArray();
    }
}
