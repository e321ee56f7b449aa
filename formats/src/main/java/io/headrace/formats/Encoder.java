package io.headrace.formats;

import io.headrace.type.BytesOut;

/**
 * Turns records into the bytes of one stream.
 *
 * <p><b>Threading.</b> One thread at a time.
 *
 * @param <T> the records
 */
public interface Encoder<T> {
    /** Writes what every stream of the format begins with, if anything. */
    void preamble(BytesOut out);

    /** Appends a record with its line end. */
    void encode(T value, BytesOut out);
}
