package io.headrace.formats;

import io.headrace.connector.ConnectorException;

/**
 * Turns the bytes of one stream into records.
 *
 * <p>The caller keeps the bytes in a buffer. It calls {@link #preamble} at the start of the stream,
 * then again and again {@link #frame}, which finds whole records, and {@link #decode}, which turns
 * them into values. Between the two calls the bytes must not change. A decoder may go on at any
 * boundary between records if it has seen the preamble and gets the {@link Frames} state back.
 *
 * <p><b>Threading.</b> One thread at a time. <b>Errors.</b> Total: no bytes make {@link #frame} or
 * {@link #decode} throw; what is not a record is reported as malformed.
 *
 * @param <T> the records
 */
public interface Decoder<T> {
    /** What {@link #preamble} returns if it must see more bytes. */
    int MORE_BYTES_NEEDED = -1;

    /**
     * Reads what precedes the first record: a byte order mark, a header.
     *
     * @param bytes holds the start of the stream, from index 0 on
     * @param length how many bytes there are
     * @param end whether the stream ends there
     * @param frames gets the number of lines as {@link Frames#lines()}
     * @return its length in bytes, or {@link #MORE_BYTES_NEEDED}, which is never returned at the
     *     end or when more than {@link Format#recordBytesMax()} + 5 bytes are there
     * @throws ConnectorException if the header does not fit the records; names the stream, the
     *     header and what was expected
     */
    int preamble(byte[] bytes, int length, boolean end, Frames frames);

    /**
     * Finds whole records, at most as many as {@code frames} was begun with. Finds something, or
     * consumes something, whenever more than {@link Format#recordBytesMax()} + 2 bytes are there.
     *
     * @param from where the first record begins
     * @param to how far the buffer is filled
     * @param end whether the stream ends at {@code to}; a last record without line end then counts
     * @param frames begun by the caller; gets the records and where to go on
     */
    void frame(byte[] bytes, int from, int to, boolean end, Frames frames);

    /**
     * Decodes the records that {@link #frame} found, in order.
     *
     * @param out gets one call for each of them
     */
    void decode(byte[] bytes, Frames frames, Decoded<T> out);
}
