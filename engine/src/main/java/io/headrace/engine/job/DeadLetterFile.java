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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where dead letters go if the pipeline does not ask for them: {@code dead-letters.jsonl} beside
 * the state, exactly once.
 *
 * <p>An epoch is applied by cutting the file to the length that the {@link DeadLetterMarker} has,
 * appending, syncing, and moving the marker: whatever is interrupted can be repeated. A process
 * that finds the marker of another one has been replaced and changes nothing.
 *
 * <p>The file is bounded: a source that sends nothing but garbage must neither fill the disk nor
 * stop the job. The letters that have no room are counted in the marker and no longer kept; the
 * oldest stay, since they show how it began.
 */
final class DeadLetterFile implements EpochApplier<DeadLetter> {
    /** So much is kept. */
    static final long SIZE_BYTES_MAX = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterFile.class);

    /** Lines are collected up to about this size before they are written. */
    private static final int WRITE_CHARS = 1 << 16;

    private final Path directory;
    private final long sizeBytesMax;
    private DeadLetterMarker marker;
    private boolean said;

    DeadLetterFile(Path directory, long sizeBytesMax) {
        this.directory = directory;
        this.sizeBytesMax = sizeBytesMax;
    }

    static Sink<DeadLetter> sink(String name, Path directory, long sizeBytesMax) {
        return DeferredSink.of(
                name,
                directory.resolve("dead-letters.jsonl").toString(),
                Codecs.of(Type.of(DeadLetter.class)),
                () -> new DeadLetterFile(directory, sizeBytesMax));
    }

    @Override
    public long fence(Lineage lineage, long owner) {
        DeadLetterMarker found = DeadLetterMarker.read(directory, lineage.id());
        boolean same = found.lineage().equals(lineage.id());
        if (same && found.owner() > owner) {
            throw replaced();
        }
        marker = found.of(lineage.id(), same ? found.epoch() : 0, owner); // Appends to the rest.
        try {
            marker.write(directory);
        } catch (IOException failed) {
            throw ConnectorException.retryable(
                    "cannot write the marker in " + directory + ": " + failed, failed);
        }
        return marker.epoch();
    }

    private ConnectorException replaced() {
        return ConnectorException.fatal(
                "the dead letters in " + directory + " belong to a process that replaced this one",
                null);
    }

    @Override
    public void apply(Lineage lineage, long epoch, Iterable<DeadLetter> letters) {
        if (!marker.equals(DeadLetterMarker.read(directory, lineage.id()))) {
            throw replaced();
        }
        Path file = marker.letters(directory);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(marker.length());
            channel.position(marker.length());
            long length = marker.length();
            long nextId = marker.nextId();
            long dropped = marker.dropped();
            StringBuilder lines = new StringBuilder();
            for (DeadLetter letter : letters) {
                int before = lines.length();
                DeadLetterLine.append(nextId++, letter, lines);
                int size = utf8Bytes(lines, before);
                if (length + size > sizeBytesMax) {
                    lines.setLength(before);
                    dropped++;
                    continue;
                }
                length += size;
                if (lines.length() > WRITE_CHARS) {
                    write(channel, lines);
                }
            }
            write(channel, lines);
            channel.force(true);
            assert channel.position() == length : channel.position() + ", expected " + length;
            sayIfFull(dropped);
            DeadLetterMarker moved =
                    new DeadLetterMarker(
                            lineage.id(),
                            epoch,
                            length,
                            nextId,
                            dropped,
                            marker.generation(),
                            marker.redrives(),
                            marker.owner());
            moved.write(directory);
            marker = moved;
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot write " + file + ": " + failed, failed);
        }
    }

    private static int utf8Bytes(StringBuilder lines, int from) {
        return lines.substring(from).getBytes(StandardCharsets.UTF_8).length;
    }

    private void sayIfFull(long dropped) {
        if (dropped > marker.dropped() && !said) {
            said = true;
            LOG.warn(
                    "{} is full, {} bytes: dead letters that have no room are counted and not"
                            + " kept, {} so far; redrive or read them, or send them to a sink of"
                            + " your own with pipeline.deadLetters()",
                    marker.letters(directory),
                    sizeBytesMax,
                    dropped);
        }
    }

    private static void write(FileChannel channel, StringBuilder lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        lines.setLength(0);
    }
}
