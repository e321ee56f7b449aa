package io.headrace.formats;

import io.headrace.type.Type;
import java.io.Serializable;

/**
 * How records of one type stand in a stream of bytes. A format is a description: immutable,
 * thread-safe and serializable; decoders and encoders do the work.
 *
 * @param <T> the records
 */
public interface Format<T> extends Serializable {
    /**
     * The default of {@link #recordBytesMax()}: far above any sensible record, and small enough
     * that a hostile one costs little memory.
     */
    int RECORD_BYTES_MAX = 1024 * 1024;

    /** Returns the type of the records. */
    Type<T> type();

    /** Returns what the names of files in this format end with, without a dot, e.g. "csv". */
    String extension();

    /** Returns the size in bytes above which a record is malformed. */
    int recordBytesMax();

    /** Returns whether a stream begins with something without which no record can be read. */
    default boolean hasHeader() {
        return false;
    }

    /**
     * Returns this format for input that is cut at any line break: a record may then not go on over
     * a line break, and one that does is malformed.
     */
    Format<T> oneRecordPerLine();

    /**
     * Creates a decoder for one stream.
     *
     * @param origin the name of the stream, for messages: a file, a topic
     */
    Decoder<T> decoder(String origin);

    /** Creates an encoder for one stream. */
    Encoder<T> encoder();
}
