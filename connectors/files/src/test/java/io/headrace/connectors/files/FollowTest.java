package io.headrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.Enumerator;
import io.headrace.connector.Reader.Status;
import io.headrace.connector.ReaderContext;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be renamed there")
class FollowTest {
    /** More than it takes to look whether a file is gone. */
    private static final int POLLS_MAX = 5_000;

    record Payment(long id, String card) {}

    @TempDir private Path directory;

    private Path append(String name, String text) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private FollowSource<Payment> source(String pattern) {
        return io.headrace.connectors.files.Files.csv(
                        directory.resolve(pattern).toString(), Payment.class)
                .follow();
    }

    private FollowedFile file(String name) {
        return source(name).enumerator(null).discover().get(0);
    }

    private static <V> V stored(Codec<V> codec, V value) {
        BytesOut out = new BytesOut(64);
        codec.write(value, out);
        return codec.read(new BytesIn(out.toByteArray()), codec.version());
    }

    /** A reader of one file, as a job has it. */
    private final class Following implements AutoCloseable {
        private final FollowedFile file;
        private final io.headrace.connector.Reader<Payment, FollowedFile, FollowedPosition> reader =
                source("*").reader(new ReaderContext("read", 0, 1));
        private final CollectedOutput<Payment> out = new CollectedOutput<>();

        Following(FollowedFile file, FollowedPosition position) {
            this.file = stored(new FollowedFileCodec(), file);
            reader.assign(this.file, position);
        }

        /** Reads until nothing more comes; returns what came. */
        List<Object> toTheEnd() {
            int before = out.emitted().size();
            while (reader.poll(file, out, 3) == Status.MORE) {
                continue;
            }
            return out.emitted().subList(before, out.emitted().size());
        }

        void untilFinished() {
            for (int polls = 0; polls < POLLS_MAX; polls++) {
                if (reader.poll(file, out, 3) == Status.FINISHED) {
                    return;
                }
            }
            throw new AssertionError("still not finished, emitted " + out.emitted());
        }

        FollowedPosition position() {
            return stored(new FollowedPositionCodec(), reader.position(file));
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Test
    void readsALineOnceItIsComplete() throws IOException {
        append("log.csv", "id,ca");
        try (Following following = new Following(file("log.csv"), null)) {
            assertThat(following.toTheEnd()).isEmpty();

            append("log.csv", "rd\n1,a\n2,");
            assertThat(following.toTheEnd()).containsExactly(new Payment(1, "a"));

            append("log.csv", "b\n");
            assertThat(following.toTheEnd()).containsExactly(new Payment(2, "b"));
        }
    }

    @Test
    void findsNewFilesAndEachOnceUnderAnyName() throws IOException {
        Enumerator<FollowedFile> first = source("*.csv").enumerator(null);
        assertThat(first.discover()).isEmpty();
        append("a.csv", "");
        append("b.csv.gz", "");
        append("other.txt", "");

        assertThat(first.discover()).extracting(FollowedFile::path).hasSize(1);
        Files.move(directory.resolve("a.csv"), directory.resolve("a-1.csv"));
        append("a.csv", "");
        Enumerator<FollowedFile> second = source("*.csv").enumerator(first.snapshot());

        assertThat(second.discover())
                .extracting(FollowedFile::path)
                .containsExactly(directory.resolve("a.csv").toString());
        assertThat(second.discover()).isEmpty();
        assertThat(second.done()).isFalse();
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws IOException {
        Enumerator<FollowedFile> enumerator = source("log.csv").enumerator(null);

        assertThat(enumerator.discover()).isEmpty();
        append("log.csv", "id,card\n");
        assertThat(enumerator.discover()).hasSize(1);
    }

    @Test
    void readsOnAFileThatWasRotated() throws IOException {
        append("log.csv", "id,card\n1,a\n");
        try (Following following = new Following(file("log.csv"), null)) {
            following.toTheEnd();

            Files.move(directory.resolve("log.csv"), directory.resolve("log.csv.1"));
            append("log.csv", "id,card\n9,new\n");
            append("log.csv.1", "2,b\n");
            FollowedPosition position = following.position();

            assertThat(following.toTheEnd()).containsExactly(new Payment(2, "b"));
            try (Following restarted = new Following(following.file, position)) {
                assertThat(restarted.toTheEnd()).containsExactly(new Payment(2, "b"));
            }
        }
    }

    @Test
    void readsATruncatedFileFromItsStart() throws IOException {
        Path log = append("log.csv", "id,card\n1,a\n2,b\n");
        try (Following following = new Following(file("log.csv"), null)) {
            following.toTheEnd();

            Files.writeString(log, "");
            assertThat(following.toTheEnd()).isEmpty();
            append("log.csv", "id,card\n3,c\n");
            assertThat(following.toTheEnd()).containsExactly(new Payment(3, "c"));

            Files.writeString(log, "id,card\n4,a longer one than before\n");
            assertThat(following.toTheEnd())
                    .containsExactly(new Payment(4, "a longer one than before"));
        }
    }

    @Test
    void saysWhatATruncationHasLost() throws IOException {
        Path log = append("log.csv", "id,card\n1,a\n2,half");
        try (Following following = new Following(file("log.csv"), null)) {
            following.toTheEnd();

            Files.writeString(log, "id,card\n");

            assertThat(following.toTheEnd())
                    .containsExactly(
                            "line 3: the file was truncated before this line was complete; it is"
                                    + " read from its start: 2,half");
        }
    }

    @Test
    void goesOnExactlyBehindEveryRecordOfAFileThatGrows() throws IOException {
        Random random = new Random(3);
        Path log = append("log.csv", "id,card\n");
        List<FollowedPosition> positions = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        List<Object> all;
        FollowedFile file = file("log.csv");
        try (Following following = new Following(file, null)) {
            for (int id = 0; id < 300; id++) {
                append("log.csv", id + ",\"c\n" + random.nextInt() + "\"\n");
                if (random.nextBoolean()) {
                    following.toTheEnd();
                    positions.add(following.position());
                    counts.add(following.out.emitted().size());
                }
            }
            following.toTheEnd();
            all = List.copyOf(following.out.emitted());
        }

        assertThat(all).hasSize(300);
        assertThat(Files.size(log)).isGreaterThan(3000);
        for (int i = 0; i < positions.size(); i++) {
            try (Following restarted = new Following(file, positions.get(i))) {
                assertThat(restarted.toTheEnd()).isEqualTo(all.subList(counts.get(i), 300));
            }
        }
    }

    @Test
    void noticesThatAFileWasReplacedWhileTheJobDidNotRun() throws IOException {
        Path log = append("log.csv", "id,card\n1,a\n");
        FollowedFile file = file("log.csv");
        FollowedPosition position;
        try (Following following = new Following(file, null)) {
            following.toTheEnd();
            position = following.position();
        }

        Files.writeString(log, "id,card\n7,other\n8,content\n");

        try (Following restarted = new Following(file, position)) {
            assertThat(restarted.toTheEnd())
                    .containsExactly(
                            "line 3: the file was truncated or replaced while it was not read; it"
                                    + " is read from its start: ",
                            new Payment(7, "other"),
                            new Payment(8, "content"));
        }
    }

    @Test
    void endsWithAFileThatIsGone() throws IOException {
        Path log = append("log.csv", "id,card\n1,a\n2,b");
        FollowedFile file = file("log.csv");
        FollowedPosition position;
        try (Following following = new Following(file, null)) {
            following.toTheEnd();
            position = following.position();
            Files.delete(log);

            following.untilFinished();

            assertThat(following.out.emitted())
                    .containsExactly(new Payment(1, "a"), new Payment(2, "b"));
        }
        try (Following restarted = new Following(file, position)) {
            restarted.untilFinished();
            assertThat(restarted.out.emitted())
                    .containsExactly(
                            "line 3: the file is gone from its directory: what was written to it"
                                    + " behind this line was not read: ");
        }
    }

    @Test
    void refusesWhatItCannotFollow() {
        FileSource<Payment> files =
                io.headrace.connectors.files.Files.csv("log.csv", Payment.class);

        assertThatThrownBy(() -> files.gzip().follow()).hasMessageContaining("not with gzip");
        assertThatThrownBy(() -> files.unordered().follow())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source("*").enumerator(new byte[] {1}))
                .hasMessageContaining("of files that were not followed")
                .hasMessageContaining("start over with another state directory");
    }
}
