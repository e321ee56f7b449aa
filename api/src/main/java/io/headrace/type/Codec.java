package io.headrace.type;

/**
 * Turns a value of a foreign class into bytes and back. Users write one only for classes that no
 * schema can be derived for.
 *
 * <p><b>Threading.</b> One codec is used by many threads at once; it must be stateless.
 * <b>Identity.</b> {@link #name()} and {@link #version()} are written into checkpoints and decide
 * what is compatible; the class may move. A codec given by {@link WithCodec} needs a public
 * constructor without parameters.
 *
 * @param <T> the class of the values; equal values should have equal bytes if it is used as a key
 */
public interface Codec<T> {
    /** Returns the name that checkpoints know this codec by. Never changes. */
    String name();

    /** Returns the version that {@link #write} writes. Rises when the form of the bytes changes. */
    int version();

    /**
     * Writes a value.
     *
     * @param value never null
     */
    void write(T value, BytesOut out);

    /**
     * Reads a value that {@code write} of some version wrote. Must be total: any bytes give a value
     * or a {@link DecodeException}, and what it allocates is bounded by {@link
     * BytesIn#remaining()}.
     *
     * @param writtenVersion the version that wrote the bytes, at most {@link #version()}
     * @throws DecodeException if the bytes are not of this codec
     */
    T read(BytesIn in, int writtenVersion);
}
