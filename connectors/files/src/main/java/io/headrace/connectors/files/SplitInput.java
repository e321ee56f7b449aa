package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.Reader.Status;
import io.headrace.connector.SourceOutput;
import io.headrace.formats.Decoded;
import io.headrace.formats.Decoder;
import io.headrace.formats.Format;
import io.headrace.formats.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads one split through a buffer.
 *
 * <p>The buffer holds the bytes of the file from {@code bufferOffset} on; those from {@code start}
 * to {@code end} were read and not decoded. A poll decodes whole records from there and moves
 * {@code start} behind them, so that between polls {@code start} is a position. When no whole
 * record is left, the rest moves to the front and one more chunk is read; the buffer grows only for
 * a record that is longer, up to the limit of the format.
 *
 * @param <T> the records
 */
final class SplitInput<T> implements Decoded<T> {
    /** Long reads are what disks like; decoding one stays in the cache. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** Chunks that one poll reads at most; a record that needs more goes on in the next poll. */
    private static final int CHUNKS_PER_POLL_MAX = 2;

    private final Format<T> format;
    private final FileSplit split;
    private final Path path;
    private final int chunkBytes;
    private final Frames frames = new Frames();
    private FilePosition position;
    private boolean finished;

    // Null until the first poll and after the end.
    private FileChannel channel;
    private Decoder<T> decoder;
    private byte[] buffer;
    private long bufferOffset;
    private int start;
    private int end;

    // During a poll.
    private SourceOutput<T> out;
    private long polledLine;

    SplitInput(Format<T> format, FileSplit split, FilePosition position, int chunkBytes) {
        this.format = format;
        this.split = split;
        this.path = Path.of(split.path());
        this.position = position == null ? FilePosition.START : position;
        this.chunkBytes = chunkBytes;
    }

    FilePosition position() {
        return position;
    }

    Status poll(SourceOutput<T> output, int recordsMax) {
        if (finished) {
            return Status.FINISHED;
        }
        if (channel == null) {
            open();
        }
        out = output;
        try {
            return step(Math.min(recordsMax, Frames.RECORDS_MAX));
        } finally {
            out = null;
        }
    }

    private Status step(int recordsMax) {
        for (int chunks = 0; ; chunks++) {
            if (bufferOffset + start >= split.to()) {
                return finish();
            }
            decode(recordsMax);
            if (frames.next() > start) {
                advance();
                return bufferOffset + start >= split.to() ? finish() : Status.MORE;
            }
            if (chunks == CHUNKS_PER_POLL_MAX) {
                return Status.MORE;
            }
            fill();
        }
    }

    private void decode(int recordsMax) {
        polledLine = position.line();
        long offset = bufferOffset + start;
        frames.begin(
                recordsMax,
                position.insideOversized(),
                Math.max(0, position.lineByLineUntil() - offset));
        frames.stopAt((int) Math.min(Integer.MAX_VALUE, split.to() - bufferOffset));
        decoder.frame(buffer, start, end, atEnd(), frames);
        decoder.decode(buffer, frames, this);
    }

    private void advance() {
        start = frames.next();
        long offset = bufferOffset + start;
        long lineByLine = frames.lineByLineBytes();
        position =
                new FilePosition(
                        offset,
                        position.line() + frames.lines(),
                        frames.insideOversized(),
                        lineByLine == 0 ? 0 : offset + lineByLine);
    }

    private boolean atEnd() {
        return bufferOffset + end == split.sizeBytes();
    }

    @Override
    public void record(T value) {
        out.emit(value);
    }

    @Override
    public void malformed(int frame, String reason) {
        int from = frames.start(frame);
        int to = Math.min(frames.end(frame), from + DeadLetter.RAW_BYTES_MAX);
        String place =
                split.from() == 0
                        ? "line " + (polledLine + frames.lineOffset(frame))
                        : "byte " + (bufferOffset + from);
        out.deadLetter(place, reason, Arrays.copyOfRange(buffer, from, to));
    }

    private void open() {
        requireUnchanged();
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot open " + path + ": " + failed, failed);
        }
        decoder = format.decoder(path.toString());
        buffer = new byte[(int) Math.min(chunkBytes, split.sizeBytes())];
        bufferOffset = 0;
        start = 0;
        end = 0;
        int dataStart = Decoder.MORE_BYTES_NEEDED;
        while (dataStart == Decoder.MORE_BYTES_NEEDED) {
            if (!atEnd()) {
                fill();
            }
            dataStart = decoder.preamble(buffer, end, atEnd(), frames);
        }
        seek(dataStart, 1 + frames.lines());
    }

    /** Goes to the position, which at first is where the data, or the range, begins. */
    private void seek(int dataStart, int dataLine) {
        if (position.offset() == 0) {
            position =
                    split.from() > dataStart
                            // The record that the byte before is part of belongs to the range
                            // before: it is dropped up to its line end.
                            ? new FilePosition(split.from() - 1, 1, true, 0)
                            : new FilePosition(dataStart, dataLine, false, 0);
        }
        if (position.offset() <= end) {
            start = (int) position.offset();
        } else {
            bufferOffset = position.offset();
            start = 0;
            end = 0;
        }
    }

    /** Reads one more chunk behind what is left. */
    private void fill() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            bufferOffset += start;
            end -= start;
            start = 0;
        }
        int wanted = (int) Math.min(chunkBytes, split.sizeBytes() - bufferOffset - end);
        if (buffer.length - end < wanted) {
            assert end <= format.recordBytesMax() + CHUNK_BYTES : "no record in " + end + " bytes";
            buffer = Arrays.copyOf(buffer, Math.max(end + wanted, 2 * end));
        }
        try {
            ByteBuffer target = ByteBuffer.wrap(buffer, end, wanted);
            int count = channel.read(target, bufferOffset + end);
            if (count <= 0) {
                throw changed("it ends at byte " + (bufferOffset + end));
            }
            end += count;
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot read " + path + ": " + failed, failed);
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
        if (position.offset() > split.sizeBytes()) {
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
        buffer = null;
        decoder = null;
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
