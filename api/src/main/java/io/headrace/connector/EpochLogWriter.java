package io.headrace.connector;

import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes the records of one subtask to a file per epoch: for each its length, then its bytes. The
 * name of a file contains the owner, so that two processes never share one.
 */
final class EpochLogWriter<T> implements SinkWriter<T> {
    /** What is collected before it goes to the file. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Codec<T> codec;
    private final String target;
    private final SinkContext context;
    private final BytesOut record = new BytesOut(256);
    private final BytesOut buffer = new BytesOut(BUFFER_BYTES);
    private Path file;
    private FileChannel channel;
    private MessageDigest digest;
    private long length;
    private long files;

    EpochLogWriter(Codec<T> codec, String target, SinkContext context) {
        this.codec = codec;
        this.target = target;
        this.context = context;
    }

    /** Returns what the names of all files of a sink begin with. */
    static String prefix(String step, Lineage lineage) {
        return HexFormat.of().toHexDigits(step.hashCode()) + "-" + lineage.id() + "-";
    }

    @Override
    public void write(T value, long timestampMillis) {
        record.clear();
        codec.write(value, record);
        buffer.writeInt(record.size());
        buffer.write(record.array(), 0, record.size());
        if (buffer.size() >= BUFFER_BYTES) {
            flush();
        }
    }

    private void flush() {
        try {
            if (channel == null) {
                open();
            }
            digest.update(buffer.array(), 0, buffer.size());
            ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            length += buffer.size();
            buffer.clear();
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot write " + file + ": " + failed, failed);
        }
    }

    private void open() throws IOException {
        String name =
                prefix(context.step(), context.lineage())
                        + context.owner()
                        + "-"
                        + context.subtask()
                        + "-"
                        + ++files
                        + ".epoch";
        file = context.scratch().resolve(name);
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        digest = sha256();
        length = 0;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public boolean prepare(PieceOut out) {
        if (channel == null && buffer.size() == 0) {
            return true;
        }
        flush();
        try {
            channel.force(true);
            channel.close();
        } catch (IOException failed) {
            throw ConnectorException.fatal(
                    "cannot make " + file + " durable, start again: " + failed, failed);
        }
        String checksum = HexFormat.of().formatHex(digest.digest());
        out.add(new Piece(file.toString(), target, length, checksum));
        channel = null;
        return true;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
                Files.deleteIfExists(file); // It belongs to no checkpoint.
            } catch (IOException harmless) {
                channel = null; // The next start removes the file.
            }
        }
    }
}
