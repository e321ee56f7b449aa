package io.headrace.engine.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.Committer;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {
    private static final Lineage LINEAGE = new Lineage("0123456789abcdef", "", 0);

    @TempDir Path directory;
    private Sink<DeadLetter> sink;

    @BeforeEach
    void createSink() throws IOException {
        Files.createDirectory(directory.resolve("pieces"));
        sink = DeadLetterFile.sink("dead-letter-file", directory, 400);
    }

    @Test
    void showsAnEpochOnceItIsCommitted() throws IOException {
        List<Piece> pieces = sealed("bad \"one\"", "bad\ntwo");
        boolean shownBefore = Files.exists(directory.resolve("dead-letters.jsonl"));

        Outcome outcome = committer().commit(epoch(1, pieces));

        assertThat(shownBefore).isFalse();
        assertThat(outcome).isEqualTo(Outcome.COMMITTED);
        assertThat(lines())
                .containsExactly(
                        "{\"id\":1,\"step\":\"read\",\"split\":\"a.csv\",\"position\":\"line 7\","
                                + "\"reason\":\"no number\",\"text\":\"bad \\\"one\\\"\"}",
                        "{\"id\":2,\"step\":\"read\",\"split\":\"a.csv\",\"position\":\"line 7\","
                                + "\"reason\":\"no number\",\"text\":\"bad\\u000atwo\"}");
    }

    @Test
    void doesNotRepeatAnEpochWhoseAcknowledgementWasLost() throws IOException {
        List<Piece> pieces = sealed("bad");
        committer().commit(epoch(1, pieces));

        Outcome again = committer().commit(epoch(1, pieces));

        assertThat(again).isEqualTo(Outcome.ALREADY);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void cutsOffWhatWasAppendedWithoutMovingTheMarker() throws IOException {
        committer().commit(epoch(1, sealed("first")));
        Files.writeString(
                directory.resolve("dead-letters.jsonl"),
                Files.readString(directory.resolve("dead-letters.jsonl")) + "{\"torn\":");

        committer().commit(epoch(2, sealed("second")));

        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("torn"));
    }

    @Test
    void saysThatAnEpochIsLostIfOneBeforeItIsMissing() {
        assertThat(committer().commit(epoch(2, List.of()))).isEqualTo(Outcome.LOST);
    }

    @Test
    void refusesAPieceOfWhichOneByteChanged() throws IOException {
        List<Piece> pieces = sealed("bad");
        Path piece = Path.of(pieces.get(0).pending());
        byte[] bytes = Files.readAllBytes(piece);
        bytes[bytes.length - 1] ^= 1;
        Files.write(piece, bytes);

        assertThatThrownBy(() -> committer().commit(epoch(1, pieces)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("is damaged");
        assertThat(directory.resolve("dead-letters.jsonl")).doesNotExist();
    }

    @Test
    void keepsInputThatIsNoTextAsBase64() throws IOException {
        List<Piece> pieces = new ArrayList<>();
        try (SinkWriter<DeadLetter> writer = writer()) {
            byte[] raw = {(byte) 0xFF, 0};
            writer.write(new DeadLetter("read", "a", "", "no UTF-8", raw), Long.MIN_VALUE);
            writer.prepare(pieces::add);
        }

        committer().commit(epoch(1, pieces));

        assertThat(lines().get(0)).contains("\"base64\":\"/wA=\"");
    }

    @Test
    void countsWhatHasNoRoomAndKeepsTheOldest() throws IOException {
        committer().commit(epoch(1, sealed("first", "x".repeat(300), "third")));
        committer().commit(epoch(2, sealed("y".repeat(200), "y".repeat(200))));

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("\"id\":1,", "first");
        assertThat(lines().get(1)).contains("\"id\":3,", "third");
        assertThat(DeadLetterMarker.read(directory, "").dropped()).isEqualTo(3);
        assertThat(Files.size(directory.resolve("dead-letters.jsonl"))).isLessThan(400);
    }

    private List<Piece> sealed(String... inputs) {
        List<Piece> pieces = new ArrayList<>();
        try (SinkWriter<DeadLetter> writer = writer()) {
            for (String input : inputs) {
                DeadLetter letter =
                        new DeadLetter(
                                "read", "a.csv", "line 7", "no number", input.getBytes(UTF_8));
                writer.write(letter, Long.MIN_VALUE);
            }
            assertThat(writer.prepare(pieces::add)).isTrue();
        }
        return pieces;
    }

    private SinkWriter<DeadLetter> writer() {
        return sink.writer(
                new SinkContext("dead-letter-file", 0, 1, LINEAGE, 1, directory.resolve("pieces")));
    }

    private Committer committer() {
        Committer committer = sink.committer().orElseThrow();
        committer.fence(LINEAGE, 1);
        return committer;
    }

    private static EpochPieces epoch(long number, List<Piece> pieces) {
        return new EpochPieces(LINEAGE, 1, number, pieces);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("dead-letters.jsonl"));
    }
}
