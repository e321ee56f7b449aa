package io.headrace.connector;

/**
 * Input that could not become, or stay, a record.
 *
 * @param step the name of the step that refused it
 * @param split the split it came from; empty if it is not known
 * @param position where in the split it stands, for people; empty if it is not known
 * @param reason what is wrong, for people
 * @param raw the input as it was, at most {@link #RAW_BYTES_MAX} bytes of it
 */
public record DeadLetter(String step, String split, String position, String reason, byte[] raw) {
    /**
     * The most bytes of the input that are kept: enough to see what it is, bounded for hostility.
     */
    public static final int RAW_BYTES_MAX = 64 * 1024;
}
