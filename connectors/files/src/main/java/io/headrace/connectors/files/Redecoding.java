package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.SourceOutput;
import io.headrace.formats.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Decodes a dead letter of a file once more. A format with a header needs the file for it: the
 * first bytes of the file are put in front of the input.
 */
final class Redecoding {
    private static final int CHUNK_BYTES = 64 * 1024;

    private Redecoding() {}

    /**
     * Emits what the input of a letter is now.
     *
     * @param path the file that the letter came from
     */
    static <T> void redrive(
            Format<T> format, Path path, boolean gzip, DeadLetter letter, SourceOutput<T> out) {
        byte[] header = new byte[0];
        try {
            if (format.hasHeader()) {
                header = header(format, path, gzip);
            }
        } catch (IOException | ConnectorException gone) {
            String reason = "the header of its file cannot be read: " + gone.getMessage();
            out.deadLetter(letter.position(), reason, letter.raw());
            return;
        }
        byte[] content = new byte[header.length + letter.raw().length];
        System.arraycopy(header, 0, content, 0, header.length);
        System.arraycopy(letter.raw(), 0, content, header.length, letter.raw().length);
        RecordBuffer<T> records = buffer(format, path, new InMemory(content), content.length + 1);
        records.endsAt(content.length);
        decode(records, new AtItsPlace<>(letter, out));
    }

    private static <T> byte[] header(Format<T> format, Path path, boolean gzip) throws IOException {
        int length;
        try (FileBytes file = gzip ? GzipBytes.open(path) : FileBytes.plain(path)) {
            RecordBuffer<T> records = buffer(format, path, file, CHUNK_BYTES);
            while (!records.begin(FilePosition.START)) {
                if (records.fill(CHUNK_BYTES) < 0) {
                    records.endsAt(records.filled());
                }
            }
            length = (int) records.position().offset();
        }
        ByteBuffer header = ByteBuffer.allocate(length);
        try (FileBytes file = gzip ? GzipBytes.open(path) : FileBytes.plain(path)) {
            while (header.hasRemaining() && file.read(header, header.position()) >= 0) {
                continue;
            }
        }
        return header.array();
    }

    private static <T> RecordBuffer<T> buffer(
            Format<T> format, Path path, FileBytes bytes, int chunkBytes) {
        return new RecordBuffer<>(
                format, path.toString(), bytes, new RecordBuffer.Settings(chunkBytes, 0));
    }

    private static <T> void decode(RecordBuffer<T> records, SourceOutput<T> out) {
        try {
            while (!records.begin(FilePosition.START)
                    || records.position().offset() < records.end()) {
                boolean moved =
                        records.position() != null && records.decode(out, 1, Long.MAX_VALUE);
                if (!moved && records.fill(Integer.MAX_VALUE) < 0) {
                    return;
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("in memory", impossible);
        }
    }

    /** Bytes that are there already. */
    private record InMemory(byte[] content) implements FileBytes {
        @Override
        public boolean goTo(long offset) {
            return true;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            int count = (int) Math.min(target.remaining(), content.length - offset);
            target.put(content, (int) offset, count);
            return count == 0 ? -1 : count;
        }

        @Override
        public void close() {}
    }

    /** The place of a letter is that in its file, not that behind the header. */
    private record AtItsPlace<T>(DeadLetter letter, SourceOutput<T> out)
            implements SourceOutput<T> {
        @Override
        public void emit(T value) {
            out.emit(value);
        }

        @Override
        public void emit(T value, long timestampMillis) {
            out.emit(value, timestampMillis);
        }

        @Override
        public void watermark(long timestampMillis) {
            out.watermark(timestampMillis);
        }

        @Override
        public void deadLetter(String position, String reason, byte[] raw) {
            out.deadLetter(letter.position(), reason, letter.raw());
        }
    }
}
