package io.headrace.connectors.files;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.SourceOutput;
import io.headrace.formats.Decoded;
import io.headrace.formats.Decoder;
import io.headrace.formats.Format;
import io.headrace.formats.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes the records of one file through a buffer.
 *
 * <p>The buffer holds the bytes of the file from {@code bufferOffset} on; those from {@code start}
 * to {@code end} were read and not decoded. Decoding takes whole records from there and moves
 * {@code start} behind them, so that between calls {@code start} is a position. When no whole
 * record is left, the rest moves to the front and more is read; the buffer grows only for a record
 * that is longer, up to the limit of the format.
 *
 * @param <T> the records
 */
final class RecordBuffer<T> implements Decoded<T> {
    private static final byte[] NOTHING = {};

    private final Format<T> format;
    private final Decoder<T> decoder;
    private final FileBytes bytes;
    private final Settings settings;
    private final Frames frames = new Frames();
    private FilePosition position;
    private long endOffset = Long.MAX_VALUE;
    private boolean headerRead;
    private byte[] buffer = NOTHING;
    private long bufferOffset;
    private int start;
    private int end;

    // While records are decoded.
    private SourceOutput<T> out;
    private long decodedLine;

    /**
     * How a buffer reads.
     *
     * @param chunkBytes how many bytes to read at once
     * @param from where the first record may begin: 0, or the start of a range
     */
    record Settings(int chunkBytes, long from) {}

    RecordBuffer(Format<T> format, String origin, FileBytes bytes, Settings settings) {
        this.format = format;
        this.decoder = format.decoder(origin);
        this.bytes = bytes;
        this.settings = settings;
    }

    /** Says where the bytes end. */
    void endsAt(long offset) {
        endOffset = offset;
    }

    /** Returns where the bytes end; the largest number if that is not known. */
    long end() {
        return endOffset;
    }

    /** Returns how far the file was read. */
    long filled() {
        return bufferOffset + end;
    }

    /** Returns the position of the next record. */
    FilePosition position() {
        return position;
    }

    /** Returns what was read and is no whole record yet. */
    byte[] rest() {
        return Arrays.copyOfRange(buffer, start, Math.min(end, start + DeadLetter.RAW_BYTES_MAX));
    }

    /**
     * Reads what precedes the records, and then goes to a position.
     *
     * @param goOn the position; at offset 0 the records begin
     * @return false if more bytes are needed first, see {@link #fill}
     */
    boolean begin(FilePosition goOn) {
        if (headerRead) {
            return true;
        }
        int dataStart = decoder.preamble(buffer, end, atEnd(), frames);
        if (dataStart == Decoder.MORE_BYTES_NEEDED) {
            return false;
        }
        headerRead = true;
        position = goOn;
        if (goOn.offset() == 0) {
            position =
                    settings.from() > dataStart
                            // The record that the byte before is part of belongs to the range
                            // before: it is dropped up to its line end.
                            ? new FilePosition(settings.from() - 1, 1, true, 0)
                            : new FilePosition(dataStart, 1 + frames.lines(), false, 0);
        }
        if (position.offset() <= end) {
            start = (int) position.offset();
        } else {
            bufferOffset = position.offset();
            start = 0;
            end = 0;
        }
        return true;
    }

    /**
     * Emits whole records.
     *
     * @param stopAt records that begin there or behind are not emitted
     * @return whether the position has moved
     */
    boolean decode(SourceOutput<T> output, int recordsMax, long stopAt) {
        long offset = bufferOffset + start;
        decodedLine = position.line();
        frames.begin(
                Math.min(recordsMax, Frames.RECORDS_MAX),
                position.insideOversized(),
                Math.max(0, position.lineByLineUntil() - offset));
        frames.stopAt((int) Math.min(Integer.MAX_VALUE, stopAt - bufferOffset));
        out = output;
        try {
            decoder.frame(buffer, start, end, atEnd(), frames);
            decoder.decode(buffer, frames, this);
        } finally {
            out = null;
        }
        if (frames.next() <= start) {
            return false;
        }
        advance();
        return true;
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
        return filled() >= endOffset;
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
                settings.from() == 0
                        ? "line " + (decodedLine + frames.lineOffset(frame))
                        : "byte " + (bufferOffset + from);
        out.deadLetter(place, reason, Arrays.copyOfRange(buffer, from, to));
    }

    /**
     * Reads one more chunk behind what is left.
     *
     * @param bytesMax how many bytes to read at most
     * @return how many were read; 0 if the way to them takes another call, −1 if there are none
     */
    int fill(long bytesMax) throws IOException {
        if (!bytes.goTo(filled())) {
            return 0;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            bufferOffset += start;
            end -= start;
            start = 0;
        }
        int wanted = (int) Math.min(settings.chunkBytes(), bytesMax);
        if (buffer.length - end < wanted) {
            assert end <= format.recordBytesMax() + SplitInput.CHUNK_BYTES : "no record in " + end;
            buffer = Arrays.copyOf(buffer, Math.max(end + wanted, 2 * end));
        }
        int count = bytes.read(ByteBuffer.wrap(buffer, end, wanted), filled());
        end += Math.max(0, count);
        return count;
    }
}
