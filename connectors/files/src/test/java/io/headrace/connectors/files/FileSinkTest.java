package io.headrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.Committer;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    private static final Lineage LINEAGE = new Lineage("00000000000000aa", "", 0);
    private static final Lineage OTHER = new Lineage("00000000000000bb", "", 0);

    record Alert(long id) {}

    @TempDir Path temporary;

    private Path directory() {
        return temporary.resolve("new").resolve("alerts");
    }

    @Test
    void showsAnEpochOnlyWhenItIsCommitted() throws IOException {
        SinkWriter<Alert> writer = writer(LINEAGE, 1, 0);
        writer.write(new Alert(1), 0);
        List<Piece> pieces = prepare(writer);
        assertThat(visible()).isEmpty();

        Outcome outcome = commit(1, 1, pieces);

        assertThat(outcome).isEqualTo(Outcome.COMMITTED);
        assertThat(visible()).containsExactly("part-00000000000000aa-7d6b7a5f-1-0-1.jsonl");
        assertThat(content()).isEqualTo("{\"id\":1}\n");
        assertThat(hidden()).isEmpty();
    }

    @Test
    void namesTheTargetInFull() {
        assertThat(Path.of(sink().target())).isAbsolute().isEqualTo(directory().toAbsolutePath());
    }

    @Test
    void commitsAgainWithoutEffect() throws IOException {
        List<Piece> pieces = written(1, 1, 2, 3);
        commit(1, 1, pieces);

        assertThat(commit(1, 1, pieces)).isEqualTo(Outcome.ALREADY);
        assertThat(commit(2, 1, pieces)).isEqualTo(Outcome.ALREADY);
        assertThat(content()).isEqualTo("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
    }

    @Test
    void aNewOwnerPublishesWhatTheCheckpointHolds() throws IOException {
        List<Piece> pieces = written(1, 1);

        assertThat(commit(2, 1, pieces)).isEqualTo(Outcome.COMMITTED);
        assertThat(content()).isEqualTo("{\"id\":1}\n");
    }

    @Test
    void aCrashBetweenLinkAndUnlinkIsRepaired() throws IOException {
        List<Piece> pieces = written(1, 1);
        Piece piece = pieces.get(0);
        java.nio.file.Files.createLink(Path.of(piece.target()), Path.of(piece.pending()));

        assertThat(commit(2, 1, pieces)).isEqualTo(Outcome.ALREADY);
        assertThat(hidden()).isEmpty();
        assertThat(content()).isEqualTo("{\"id\":1}\n");
    }

    @Test
    void aPartlyCommittedEpochIsCompleted() throws IOException {
        List<Piece> pieces = new ArrayList<>(written(1, 1));
        SinkWriter<Alert> second = writer(LINEAGE, 1, 1);
        second.write(new Alert(2), 0);
        pieces.addAll(prepare(second));
        commit(1, 1, pieces.subList(0, 1));

        assertThat(commit(2, 1, pieces)).isEqualTo(Outcome.COMMITTED);
        assertThat(visible()).hasSize(2);
    }

    @Test
    void aMissingOrDamagedPieceIsLost() throws IOException {
        List<Piece> pieces = written(1, 1);
        Path pending = Path.of(pieces.get(0).pending());
        java.nio.file.Files.writeString(pending, "{\"id\":7}\n");

        assertThat(commit(2, 1, pieces)).isEqualTo(Outcome.LOST);
        java.nio.file.Files.delete(pending);
        assertThat(commit(2, 1, pieces)).isEqualTo(Outcome.LOST);
        assertThat(visible()).isEmpty();
    }

    @Test
    void neverReplacesAFile() throws IOException {
        List<Piece> pieces = written(1, 1);
        java.nio.file.Files.writeString(Path.of(pieces.get(0).target()), "precious");

        assertThat(commit(1, 1, pieces)).isEqualTo(Outcome.LOST);
        assertThat(content()).isEqualTo("precious");
    }

    @Test
    void recoveryRemovesOnlyWhatThisAndEarlierOwnersOfTheLineageLeft() throws IOException {
        written(1, 1);
        written(2, 2);
        written(3, 4);
        SinkWriter<Alert> other = writer(OTHER, 1, 0);
        other.write(new Alert(3), 0);
        prepare(other);

        committer().recovered(LINEAGE, 2);

        assertThat(hidden())
                .containsExactly(
                        ".inprogress-00000000000000aa-7d6b7a5f-3-0-1",
                        ".inprogress-00000000000000bb-7d6b7a5f-1-0-1");
    }

    @Test
    void twoSinksOfAJobWriteToOneDirectory() throws IOException {
        SinkWriter<Alert> writer = writer(LINEAGE, 1, 0);
        SinkWriter<Alert> second =
                sink().writer(new SinkContext("second", 0, 1, LINEAGE, 1, temporary));
        writer.write(new Alert(1), 0);
        second.write(new Alert(2), 0);
        List<Piece> pieces = prepare(writer);
        List<Piece> piecesOfSecond = prepare(second);

        commit(1, 1, pieces);
        commit(1, 1, piecesOfSecond);

        assertThat(visible()).hasSize(2);
        assertThat(content()).contains("{\"id\":1}\n", "{\"id\":2}\n");
    }

    @Test
    void anEpochWithoutRecordsHasNoPiece() throws IOException {
        SinkWriter<Alert> writer = writer(LINEAGE, 1, 0);

        assertThat(prepare(writer)).isEmpty();
        assertThat(commit(1, 1, List.of())).isEqualTo(Outcome.COMMITTED);
        assertThat(hidden()).isEmpty();
    }

    @Test
    void beginsANewPartWhenOneIsFull() throws IOException {
        SinkWriter<Alert> writer = writer(sink().partBytes(20), LINEAGE, 1, 0);
        for (int id = 0; id < 7; id++) {
            writer.write(new Alert(id), 0);
        }

        List<Piece> pieces = prepare(writer);
        commit(1, 1, pieces);

        assertThat(pieces).hasSize(3);
        assertThat(visible()).hasSize(3);
    }

    @Test
    void closingDropsWhatWasNotPrepared() throws IOException {
        SinkWriter<Alert> writer = writer(sink().partBytes(20), LINEAGE, 1, 0);
        List<Piece> kept = writtenBy(writer, 1);
        for (int id = 0; id < 7; id++) {
            writer.write(new Alert(id), 0);
        }

        writer.close();

        assertThat(hidden()).containsExactly(fileName(kept.get(0).pending()));
    }

    @Test
    void aRestartWithinTheProcessReusesNoName() throws IOException {
        List<Piece> first = written(1, 1);
        commit(1, 1, first);
        List<Piece> second = written(1, 2);
        List<Piece> third = written(1, 3);

        commit(1, 2, second);
        commit(1, 3, third);

        assertThat(visible()).hasSize(3);
    }

    @Test
    void everyCsvPartHasAHeader() throws IOException {
        FileSink<Alert> sink = Files.csvTo(directory(), Alert.class);
        commit(1, 1, writtenBy(writer(sink, LINEAGE, 1, 0), 5));

        assertThat(content()).isEqualTo("id\n5\n");
        assertThat(visible()).allMatch(name -> name.endsWith(".csv"));
    }

    @Test
    void namesADirectoryThatCannotBeMade() throws IOException {
        Path file = java.nio.file.Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(
                        () ->
                                writer(
                                        Files.jsonLinesTo(file.resolve("below"), Alert.class),
                                        LINEAGE,
                                        1,
                                        0))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(file.toString());
    }

    private FileSink<Alert> sink() {
        return Files.jsonLinesTo(directory(), Alert.class);
    }

    private Committer committer() {
        return sink().committer().orElseThrow();
    }

    private Outcome commit(long owner, long epoch, List<Piece> pieces) {
        try (Committer committer = committer()) {
            assertThat(committer.fence(LINEAGE, owner)).isEqualTo(Committer.NO_MARKER);
            return committer.commit(new EpochPieces(LINEAGE, owner, epoch, pieces));
        }
    }

    private List<Piece> written(long owner, long... ids) {
        return writtenBy(writer(LINEAGE, owner, 0), ids);
    }

    private static List<Piece> writtenBy(SinkWriter<Alert> writer, long... ids) {
        for (long id : ids) {
            writer.write(new Alert(id), Long.MIN_VALUE);
        }
        return prepare(writer);
    }

    private SinkWriter<Alert> writer(Lineage lineage, long owner, int subtask) {
        return writer(sink(), lineage, owner, subtask);
    }

    private SinkWriter<Alert> writer(
            FileSink<Alert> sink, Lineage lineage, long owner, int subtask) {
        return sink.writer(new SinkContext("write", subtask, 2, lineage, owner, temporary));
    }

    private static List<Piece> prepare(SinkWriter<Alert> writer) {
        List<Piece> pieces = new ArrayList<>();
        assertThat(writer.prepare(pieces::add)).isTrue();
        return pieces;
    }

    private List<String> visible() throws IOException {
        return names().filter(name -> !name.startsWith(".")).toList();
    }

    private List<String> hidden() throws IOException {
        return names().filter(name -> name.startsWith(".")).toList();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(directory())) {
            return files.map(file -> fileName(file.toString())).sorted().toList().stream();
        }
    }

    private static String fileName(String path) {
        return Path.of(path).getFileName().toString();
    }

    private String content() throws IOException {
        StringBuilder content = new StringBuilder();
        for (String name : visible()) {
            content.append(java.nio.file.Files.readString(directory().resolve(name)));
        }
        return content.toString();
    }
}
