package io.headrace.engine.tasklet;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.kernel.codec.Codecs;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file of one batch of dead letters: for each one 4 bytes of length, the bytes of the codec,
 * and 4 bytes of their CRC32C.
 */
public final class RedriveFile implements AutoCloseable {
    private static final Codec<DeadLetter> CODEC = Codecs.of(Type.of(DeadLetter.class));

    private final Path path;
    private final FileChannel channel;
    private long offset;

    private RedriveFile(Path path, FileChannel channel, long offset) {
        this.path = path;
        this.channel = channel;
        this.offset = offset;
    }

    /** Writes a file and makes it durable, in place of what may have been left under its name. */
    public static void write(Path path, List<DeadLetter> letters) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (DeadLetter letter : letters) {
                BytesOut body = new BytesOut(256);
                CODEC.write(letter, body);
                byte[] bytes = body.toByteArray();
                BytesOut frame = new BytesOut(bytes.length + 8);
                frame.writeInt(bytes.length);
                frame.write(bytes, 0, bytes.length);
                frame.writeInt(checksum(bytes));
                ByteBuffer out = ByteBuffer.wrap(frame.toByteArray());
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
            channel.force(true);
        }
    }

    static RedriveFile open(Path path, long offset) {
        try {
            return new RedriveFile(path, FileChannel.open(path, StandardOpenOption.READ), offset);
        } catch (IOException missing) {
            throw unreadable(path, missing.toString(), missing);
        }
    }

    /** Returns where the next letter begins. */
    long offset() {
        return offset;
    }

    /** Reads the next letter; nothing at the end. */
    Optional<DeadLetter> next() {
        try {
            if (offset == channel.size()) {
                return Optional.empty();
            }
            int length = new BytesIn(read(offset, 4)).readInt();
            if (length < 0 || length > channel.size() - offset - 8) {
                throw unreadable(path, "it is damaged at byte " + offset, null);
            }
            byte[] bytes = read(offset + 4, length);
            if (new BytesIn(read(offset + 4 + length, 4)).readInt() != checksum(bytes)) {
                throw unreadable(path, "it is damaged at byte " + offset, null);
            }
            offset += length + 8;
            return Optional.of(CODEC.read(new BytesIn(bytes), CODEC.version()));
        } catch (IOException | DecodeException failed) {
            throw unreadable(path, failed.toString(), failed);
        }
    }

    private byte[] read(long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw unreadable(path, "it ends at byte " + channel.size(), null);
            }
        }
        return bytes.array();
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static ConnectorException unreadable(Path path, String what, Throwable cause) {
        return ConnectorException.fatal(
                "cannot read the redriven dead letters in "
                        + path
                        + ": "
                        + what
                        + "; restore the file from a copy",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing was written: there is nothing to lose.
        }
    }
}
