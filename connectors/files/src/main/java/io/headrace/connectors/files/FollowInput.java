package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Reader.Status;
import io.headrace.connector.SourceOutput;
import io.headrace.formats.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads one file as it grows.
 *
 * <p>The file is open, so that it can be read to its end whatever becomes of its name. A last line
 * without a line break waits for the rest of it. The file ends when it is no longer in its
 * directory under any name and has been read.
 *
 * <p><b>Truncation.</b> When a file is smaller than what was read of it, or the bytes just before
 * the place to go on are not those that were read, it was truncated and perhaps written again: it
 * is read from its start. If that has lost something for certain, or perhaps, a dead letter says
 * so.
 *
 * @param <T> the records
 */
final class FollowInput<T> {
    /** Small: there may be many files, and most of the time there is a line or two. */
    private static final int CHUNK_BYTES = 64 * 1024;

    /** Chunks that one poll reads at most; a record that needs more goes on in the next poll. */
    private static final int CHUNKS_PER_POLL_MAX = 4;

    /** So many bytes before a place tell one content from another. */
    private static final int BEFORE_BYTES = 256;

    /** About a second of polls that find nothing: looking for the name costs more than a poll. */
    private static final int POLLS_PER_LOOK = 1000;

    private final Format<T> format;
    private final FollowedFile file;
    private FollowedPosition position;
    private int idlePolls;
    private boolean finished;

    // Null until the first poll and after the end.
    private FileChannel channel;
    private RecordBuffer<T> records;

    // Where all was read, and the checksum of what is before; negative while there is more.
    private long caughtUpAt = -1;
    private int beforeCaughtUp;

    FollowInput(Format<T> format, FollowedFile file, FollowedPosition position) {
        this.format = format;
        this.file = file;
        this.position = position == null ? FollowedPosition.START : position;
    }

    FollowedPosition position() {
        if (records != null && records.position() != null) {
            FilePosition place = records.position();
            if (!place.equals(position.place())) {
                position = new FollowedPosition(place, before(place.offset()));
            }
        }
        return position;
    }

    Status poll(SourceOutput<T> out, int recordsMax) {
        if (finished) {
            return Status.FINISHED;
        }
        try {
            return channel == null && !open(out) ? end() : step(out, recordsMax);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private ConnectorException unreadable(IOException failed) {
        return ConnectorException.retryable("cannot read " + file.path() + ": " + failed, failed);
    }

    /** Returns false if the file is gone. */
    private boolean open(SourceOutput<T> out) throws IOException {
        Optional<Path> path = FileNumber.find(file);
        if (path.isEmpty()) {
            out.deadLetter(
                    place(),
                    "the file is gone from its directory: what was written to it behind this line"
                            + " was not read",
                    new byte[0]);
            return false;
        }
        channel = FileChannel.open(path.get(), StandardOpenOption.READ);
        records = buffer();
        long offset = position.place().offset();
        if (channel.size() < offset || before(offset) != position.before()) {
            startOver(out, "the file was truncated or replaced while it was not read");
        }
        return true;
    }

    private String place() {
        return "line " + position().place().line();
    }

    private RecordBuffer<T> buffer() {
        return new RecordBuffer<>(
                format,
                file.path(),
                FileBytes.of(channel),
                new RecordBuffer.Settings(CHUNK_BYTES, 0));
    }

    private Status step(SourceOutput<T> out, int recordsMax) throws IOException {
        for (int chunks = 0; chunks <= CHUNKS_PER_POLL_MAX; chunks++) {
            if (records.begin(position.place())
                    && records.decode(out, recordsMax, Long.MAX_VALUE)) {
                return Status.MORE;
            }
            long size = channel.size();
            if (size < records.filled() || hasOtherContent(size)) {
                startOver(out, lost());
                return Status.MORE;
            }
            if (size == records.filled()) {
                return nothingNew(size);
            }
            caughtUpAt = -1;
            records.fill(size - records.filled());
        }
        return Status.MORE;
    }

    /** Whether a file that has grown is still that which was read. */
    private boolean hasOtherContent(long size) {
        return caughtUpAt >= 0 && size > caughtUpAt && before(caughtUpAt) != beforeCaughtUp;
    }

    private Status nothingNew(long size) throws IOException {
        if (records.end() == size) {
            return end(); // Also the last line is read, which has no line break.
        }
        if (caughtUpAt != size) {
            caughtUpAt = size;
            beforeCaughtUp = before(size);
        }
        idlePolls++;
        if (idlePolls % POLLS_PER_LOOK == 0 && FileNumber.find(file).isEmpty()) {
            records.endsAt(size);
            return Status.MORE;
        }
        return Status.CAUGHT_UP;
    }

    /** Says what is lost by a truncation; null if everything was read before. */
    private String lost() {
        return caughtUpAt < 0
                ? "the file was truncated before it was read to its end"
                : records.rest().length > 0
                        ? "the file was truncated before this line was complete"
                        : null;
    }

    private void startOver(SourceOutput<T> out, String lost) {
        if (lost != null) {
            out.deadLetter(place(), lost + "; it is read from its start", records.rest());
        }
        position = FollowedPosition.START;
        records = buffer();
        caughtUpAt = -1;
    }

    /** Returns the checksum of the bytes before an offset. */
    private int before(long offset) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BEFORE_BYTES, offset));
        try {
            long from = offset - bytes.capacity();
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = channel.read(bytes, from + bytes.position());
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.flip());
        return (int) checksum.getValue();
    }

    private Status end() {
        position();
        finished = true;
        close();
        return Status.FINISHED;
    }

    void close() {
        records = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Nothing was written: there is nothing to lose.
            }
            channel = null;
        }
    }
}
