package io.headrace.formats;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Decodes JSON lines, each by a parser of its own: a malformed line cannot harm the next.
 *
 * @param <T> the records
 */
final class JsonDecoder<T> implements Decoder<T> {
    /** The library guesses UTF-16 and UTF-32 from zeros among so many first bytes. */
    private static final int GUESSED_BYTES = 4;

    private final JsonReader reader;
    private final LineFraming framing;
    private final Utf8 utf8 = new Utf8();

    JsonDecoder(Class<T> recordClass, int recordBytesMax) {
        this.reader = new JsonReaders().ofRecord(recordClass);
        this.framing = LineFraming.plain(recordBytesMax);
    }

    @Override
    public int preamble(byte[] bytes, int length, boolean end, Frames frames) {
        frames.begin(1, false, 0);
        return ByteOrderMark.length(bytes, length, end);
    }

    @Override
    public void frame(byte[] bytes, int from, int to, boolean end, Frames frames) {
        framing.frame(bytes, from, to, end, frames);
    }

    @Override
    @SuppressWarnings("unchecked") // The reader makes records of the class only.
    public void decode(byte[] bytes, Frames frames, Decoded<T> out) {
        for (int frame = 0; frame < frames.count(); frame++) {
            T value = null;
            String reason = frames.fault(frame);
            if (reason == null) {
                try {
                    value = (T) decodeOne(bytes, frames.start(frame), frames.end(frame));
                } catch (MalformedException malformed) {
                    reason = malformed.getMessage();
                } catch (JacksonException malformed) {
                    reason = "no JSON: " + malformed.getOriginalMessage();
                }
            }
            if (reason == null) {
                out.record(value);
            } else {
                out.malformed(frame, reason);
            }
        }
    }

    private Object decodeOne(byte[] bytes, int from, int to) throws MalformedException {
        requireUtf8(bytes, from, to);
        try (JsonParser parser =
                JsonLibrary.FACTORY.createParser(
                        ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("expected a JSON object");
            }
            Object value = reader.read(parser);
            if (parser.nextToken() != null) {
                throw new MalformedException("text follows the object");
            }
            return value;
        }
    }

    private void requireUtf8(byte[] bytes, int from, int to) throws MalformedException {
        for (int at = from; at < Math.min(to, from + GUESSED_BYTES); at++) {
            if (bytes[at] == 0) {
                throw new MalformedException("expected UTF-8, found a zero byte");
            }
        }
        int signs = 0;
        for (int at = from; at < to; at++) {
            signs |= bytes[at];
        }
        if (signs < 0 && utf8.decode(bytes, from, to) == null) {
            throw new MalformedException("malformed UTF-8");
        }
    }
}
