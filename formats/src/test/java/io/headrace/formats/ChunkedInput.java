package io.headrace.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Feeds bytes to a decoder in chunks, as a connector does, and notes what comes out. */
final class ChunkedInput<T> {
    /** What came out: a value or a reason, and where it stood. */
    record Event(Object value, String reason, int start, int end, int line) {}

    /** Where the decoder stood, and how many events had come out. */
    record Position(int offset, int line, boolean insideOversized, long lineByLine, int events) {}

    private final byte[] bytes;
    private final Format<T> format;
    private final int chunkBytes;
    private final int recordsMax;
    private final List<Event> events = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();

    ChunkedInput(byte[] bytes, Format<T> format, int chunkBytes, int recordsMax) {
        this.bytes = bytes;
        this.format = format;
        this.chunkBytes = chunkBytes;
        this.recordsMax = recordsMax;
    }

    static <T> List<Event> whole(byte[] bytes, Format<T> format) {
        return new ChunkedInput<>(bytes, format, bytes.length + 1, Frames.RECORDS_MAX).fromStart();
    }

    List<Position> positions() {
        return positions;
    }

    List<Event> fromStart() {
        return from(new Position(0, 1, false, 0, 0));
    }

    List<Event> from(Position position) {
        Decoder<T> decoder = format.decoder("input");
        Frames frames = new Frames();
        int filled = Math.min(bytes.length, chunkBytes);
        int offset = decoder.preamble(copy(filled), filled, filled == bytes.length, frames);
        while (offset == Decoder.MORE_BYTES_NEEDED) {
            filled = Math.min(bytes.length, filled + chunkBytes);
            offset = decoder.preamble(copy(filled), filled, filled == bytes.length, frames);
        }
        Position at =
                position.offset() > 0
                        ? position
                        : new Position(offset, 1 + frames.lines(), false, 0, 0);
        filled = Math.max(at.offset(), Math.min(filled, at.offset() + chunkBytes));
        while (true) {
            frames.begin(recordsMax, at.insideOversized(), at.lineByLine());
            byte[] buffer = copy(filled);
            decoder.frame(buffer, at.offset(), filled, filled == bytes.length, frames);
            decoder.decode(buffer, frames, new Noting(frames, at.line()));
            if (frames.count() == 0 && frames.next() == at.offset()) {
                if (filled == bytes.length) {
                    return events;
                }
                filled = Math.min(bytes.length, filled + chunkBytes);
                continue;
            }
            at =
                    new Position(
                            frames.next(),
                            at.line() + frames.lines(),
                            frames.insideOversized(),
                            frames.lineByLineBytes(),
                            events.size());
            positions.add(at);
        }
    }

    /** Zeros behind what is filled: a decoder must not look there. */
    private byte[] copy(int filled) {
        return Arrays.copyOf(Arrays.copyOf(bytes, filled), bytes.length + 1);
    }

    private final class Noting implements Decoded<T> {
        private final Frames frames;
        private final int line;
        private int frame;

        Noting(Frames frames, int line) {
            this.frames = frames;
            this.line = line;
        }

        @Override
        public void record(T value) {
            note(value, null);
        }

        @Override
        public void malformed(int index, String reason) {
            assert index == frame : "out of order";
            note(null, reason);
        }

        private void note(Object value, String reason) {
            int start = frames.start(frame);
            int lineOfFrame = line + frames.lineOffset(frame);
            events.add(new Event(value, reason, start, frames.end(frame), lineOfFrame));
            frame++;
        }
    }
}
