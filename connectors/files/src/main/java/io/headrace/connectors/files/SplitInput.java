package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Reader.Status;
import io.headrace.connector.SourceOutput;
import io.headrace.formats.Format;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Reads one split: a file that does not change, or a range of it.
 *
 * @param <T> the records
 */
final class SplitInput<T> {
    /** Long reads are what disks like; decoding one stays in the cache. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** Chunks that one poll reads at most; a record that needs more goes on in the next poll. */
    private static final int CHUNKS_PER_POLL_MAX = 2;

    private final Settings<T> settings;
    private final FileSplit split;
    private final Path path;
    private final boolean gzip;
    private FilePosition position;
    private boolean finished;

    // Null until the first poll and after the end.
    private FileBytes bytes;
    private RecordBuffer<T> records;

    /**
     * How files are read.
     *
     * @param gzip whether all are gzip, and not only those whose names say so
     */
    record Settings<T>(Format<T> format, boolean gzip, int chunkBytes) {}

    SplitInput(Settings<T> settings, FileSplit split, FilePosition position) {
        this.settings = settings;
        this.split = split;
        this.path = Path.of(split.path());
        this.gzip = settings.gzip() || FileEnumerator.isGzip(path);
        this.position = position == null ? FilePosition.START : position;
    }

    FilePosition position() {
        return position;
    }

    Status poll(SourceOutput<T> out, int recordsMax) {
        if (finished) {
            return Status.FINISHED;
        }
        if (bytes == null) {
            open();
        }
        try {
            return step(out, recordsMax);
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot read " + path + ": " + failed, failed);
        }
    }

    private Status step(SourceOutput<T> out, int recordsMax) throws IOException {
        for (int chunks = 0; ; chunks++) {
            if (records.begin(position)) {
                position = records.position();
                if (ended()) {
                    return finish();
                }
                if (records.decode(out, recordsMax, stop())) {
                    position = records.position();
                    return ended() ? finish() : Status.MORE;
                }
            }
            if (chunks == CHUNKS_PER_POLL_MAX || !fill()) {
                return Status.MORE;
            }
        }
    }

    private boolean ended() {
        return position.offset() >= Math.min(records.end(), stop());
    }

    /** Returns where the records end that belong to the split. */
    private long stop() {
        return gzip ? Long.MAX_VALUE : split.to();
    }

    /** Reads on; returns false if the place to read from is not reached yet. */
    private boolean fill() throws IOException {
        int count = records.fill(records.end() - records.filled());
        if (count < 0 && gzip) {
            records.endsAt(records.filled());
        } else if (count < 0) {
            throw changed("it ends at byte " + records.filled());
        }
        return count != 0;
    }

    private void open() {
        requireUnchanged();
        try {
            bytes = gzip ? GzipBytes.open(path) : FileBytes.plain(path);
        } catch (AccessDeniedException forbidden) {
            throw ConnectorException.fatal(
                    "cannot open " + path.toAbsolutePath() + ": this process may not read it",
                    forbidden);
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot open " + path + ": " + failed, failed);
        }
        records =
                new RecordBuffer<>(
                        settings.format(),
                        path.toString(),
                        bytes,
                        new RecordBuffer.Settings(settings.chunkBytes(), split.from()));
        if (!gzip) {
            records.endsAt(split.sizeBytes());
        }
    }

    private Status finish() {
        requireUnchanged();
        finished = true;
        close();
        return Status.FINISHED;
    }

    /**
     * Checks size and time of the file.
     *
     * @throws ConnectorException if they are not those of the split
     */
    void requireUnchanged() {
        BasicFileAttributes attributes = FileEnumerator.attributes(path);
        long modifiedMillis = attributes.lastModifiedTime().toMillis();
        if (attributes.size() != split.sizeBytes() || modifiedMillis != split.modifiedMillis()) {
            throw changed(
                    "it has "
                            + attributes.size()
                            + " bytes of "
                            + Instant.ofEpochMilli(modifiedMillis));
        }
        if (position.offset() > split.sizeBytes() && !gzip) {
            throw changed("the job is at byte " + position.offset());
        }
    }

    private ConnectorException changed(String found) {
        return ConnectorException.fatal(
                path.toAbsolutePath()
                        + " changed while it was being read: it had "
                        + split.sizeBytes()
                        + " bytes of "
                        + Instant.ofEpochMilli(split.modifiedMillis())
                        + ", now "
                        + found
                        + "; put the old file back, or start the job over",
                null);
    }

    void close() {
        records = null;
        if (bytes != null) {
            try {
                bytes.close();
            } catch (IOException ignored) {
                // Nothing was written: there is nothing to lose.
            }
            bytes = null;
        }
    }
}
