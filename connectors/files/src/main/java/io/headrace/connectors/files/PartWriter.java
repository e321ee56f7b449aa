package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Piece;
import io.headrace.connector.PieceOut;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.formats.Encoder;
import io.headrace.formats.Format;
import io.headrace.type.BytesOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the parts of one subtask. A part never outlives its epoch; an epoch may have several.
 *
 * @param <T> the records
 */
final class PartWriter<T> implements SinkWriter<T> {
    /** Few large writes; with the record on top that fills it, the buffer stays in the cache. */
    private static final int BUFFER_BYTES = 128 * 1024;

    private final TargetDirectory directory;
    private final Format<T> format;
    private final long partBytes;
    private final SinkContext context;
    private final String sink;
    private final Encoder<T> encoder;
    private final BytesOut buffer = new BytesOut(BUFFER_BYTES + BUFFER_BYTES / 8);
    private final List<Piece> sealed = new ArrayList<>();
    private long lastNumber;
    private PartFile part;

    PartWriter(TargetDirectory directory, Format<T> format, long partBytes, SinkContext context) {
        this.directory = directory;
        this.format = format;
        this.partBytes = partBytes;
        this.context = context;
        this.sink = PartName.sink(context.step());
        this.encoder = format.encoder();
        this.lastNumber = lastNumber();
    }

    /** Parts of this owner exist if a job was restarted within its process. */
    private long lastNumber() {
        return directory.partFileNames().stream()
                .flatMap(name -> PartName.parse(name).stream())
                .filter(name -> name.lineage().equals(context.lineage().id()))
                .filter(name -> name.sink().equals(sink))
                .filter(name -> name.owner() == context.owner())
                .filter(name -> name.subtask() == context.subtask())
                .mapToLong(PartName::number)
                .max()
                .orElse(0);
    }

    @Override
    public void write(T value, long timestampMillis) {
        if (part == null) {
            begin();
        }
        encoder.encode(value, buffer);
        if (buffer.size() >= BUFFER_BYTES || part.length() + buffer.size() >= partBytes) {
            flush();
            if (part.length() >= partBytes) {
                seal();
            }
        }
    }

    @Override
    public boolean prepare(PieceOut out) {
        if (part != null) {
            flush();
            seal();
        }
        if (!sealed.isEmpty()) {
            directory.sync();
            sealed.forEach(out::add);
            sealed.clear();
        }
        return true;
    }

    private void begin() {
        lastNumber++;
        PartName name =
                new PartName(
                        context.lineage().id(),
                        sink,
                        context.owner(),
                        context.subtask(),
                        lastNumber);
        Path pending = directory.resolve(name.pendingName());
        try {
            part = PartFile.create(pending, directory.resolve(name.finalName(format.extension())));
        } catch (IOException failed) {
            throw ConnectorException.fatal("cannot create " + pending + ": " + failed, failed);
        }
        encoder.preamble(buffer);
    }

    private void flush() {
        try {
            part.write(buffer.array(), buffer.size());
            buffer.clear();
        } catch (IOException failed) {
            throw failed("write", failed);
        }
    }

    private void seal() {
        try {
            sealed.add(part.seal());
            part = null;
        } catch (IOException failed) {
            throw failed("sync", failed);
        }
    }

    private ConnectorException failed(String what, IOException cause) {
        return ConnectorException.retryable(
                "cannot " + what + " " + part.pending() + ": " + cause, cause);
    }

    @Override
    public void close() {
        try {
            if (part != null) {
                part.drop();
                part = null;
            }
            for (Piece piece : sealed) {
                java.nio.file.Files.deleteIfExists(Path.of(piece.pending()));
            }
            sealed.clear();
        } catch (IOException failed) {
            throw ConnectorException.retryable(
                    "cannot remove unfinished parts from " + directory + ": " + failed, failed);
        }
    }
}
