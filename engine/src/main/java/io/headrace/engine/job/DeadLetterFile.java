package io.headrace.engine.job;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.DeferredSink;
import io.headrace.connector.EpochApplier;
import io.headrace.connector.Lineage;
import io.headrace.connector.Sink;
import io.headrace.kernel.codec.Codecs;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Where dead letters go if the pipeline does not ask for them: {@code dead-letters.jsonl} beside
 * the state, exactly once.
 *
 * <p>The marker is a file of its own with the lineage, the epoch, the length of the file behind it,
 * and the process that fenced last. An epoch is applied by cutting the file to the length of the
 * marker, appending, syncing, and moving the marker: whatever is interrupted can be repeated. A
 * process that finds the marker of another one has been replaced and changes nothing.
 */
final class DeadLetterFile implements EpochApplier<DeadLetter> {
    /** So much is kept: a file that nobody looks at must not fill the disk. */
    static final long SIZE_BYTES_MAX = 256L << 20;

    private static final String FILE = "dead-letters.jsonl";
    private static final String MARKER = "dead-letters.marker";

    private final Path directory;
    private Marker marker;

    /** What was applied: the file is complete up to this length. */
    private record Marker(String lineage, long epoch, long length, long owner) {
        static Marker parse(String text) {
            String[] parts = text.strip().split(" ");
            return new Marker(
                    parts[0],
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    parts.length < 4 ? 0 : Long.parseLong(parts[3])); // Once it had no owner.
        }
    }

    DeadLetterFile(Path directory) {
        this.directory = directory;
    }

    static Sink<DeadLetter> sink(String name, Path directory) {
        return DeferredSink.of(
                name,
                directory.resolve(FILE).toString(),
                Codecs.of(Type.of(DeadLetter.class)),
                () -> new DeadLetterFile(directory));
    }

    @Override
    public long fence(Lineage lineage, long owner) {
        Marker found = read();
        if (found != null && found.lineage().equals(lineage.id())) {
            if (found.owner() > owner) {
                throw replaced();
            }
            marker = new Marker(lineage.id(), found.epoch(), found.length(), owner);
        } else { // Append to what is there.
            marker = new Marker(lineage.id(), 0, found == null ? 0 : found.length(), owner);
        }
        try {
            writeMarker();
        } catch (IOException failed) {
            throw ConnectorException.retryable(
                    "cannot write " + directory.resolve(MARKER) + ": " + failed, failed);
        }
        return marker.epoch();
    }

    /** Returns the marker that is there, or null. */
    private Marker read() {
        try {
            return Marker.parse(Files.readString(directory.resolve(MARKER)));
        } catch (NoSuchFileException first) {
            return null;
        } catch (IOException | RuntimeException damaged) {
            throw ConnectorException.fatal(
                    "cannot read " + directory.resolve(MARKER) + ": " + damaged, damaged);
        }
    }

    private ConnectorException replaced() {
        return ConnectorException.fatal(
                directory.resolve(MARKER) + " belongs to a process that has replaced this one",
                null);
    }

    @Override
    public void apply(Lineage lineage, long epoch, Iterable<DeadLetter> letters) {
        if (!marker.equals(read())) {
            throw replaced();
        }
        StringBuilder lines = new StringBuilder();
        try (FileChannel channel =
                FileChannel.open(
                        directory.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            channel.truncate(marker.length());
            channel.position(marker.length());
            for (DeadLetter letter : letters) {
                DeadLetterLine.append(letter, lines);
                if (lines.length() > 1 << 16) {
                    write(channel, lines);
                }
            }
            write(channel, lines);
            channel.force(true);
            marker = new Marker(lineage.id(), epoch, channel.position(), marker.owner());
            writeMarker();
        } catch (IOException failed) {
            throw ConnectorException.retryable(
                    "cannot write " + directory.resolve(FILE) + ": " + failed, failed);
        }
    }

    private void write(FileChannel channel, StringBuilder lines) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        if (channel.position() + bytes.remaining() > SIZE_BYTES_MAX) {
            throw ConnectorException.fatal(
                    directory.resolve(FILE)
                            + " would grow beyond "
                            + SIZE_BYTES_MAX
                            + " bytes: read and remove its dead letters, or send them to a sink of"
                            + " your own with pipeline.deadLetters()",
                    null);
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        lines.setLength(0);
    }

    private void writeMarker() throws IOException {
        Path fresh = directory.resolve(MARKER + ".new");
        String text =
                marker.lineage()
                        + " "
                        + marker.epoch()
                        + " "
                        + marker.length()
                        + " "
                        + marker.owner()
                        + "\n";
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(
                fresh,
                directory.resolve(MARKER),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
