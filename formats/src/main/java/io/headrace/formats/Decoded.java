package io.headrace.formats;

/**
 * Takes the results of {@link Decoder#decode}, one for each frame, in order.
 *
 * @param <T> the records
 */
public interface Decoded<T> {
    /** A record. */
    void record(T value);

    /**
     * A frame that is no record.
     *
     * @param frame its index in {@link Frames}
     * @param reason what is wrong, for people
     */
    void malformed(int frame, String reason);
}
