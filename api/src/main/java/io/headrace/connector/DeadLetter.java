package io.headrace.connector;

import java.util.ArrayList;
import java.util.List;

/**
 * Input that could not become, or stay, a record.
 *
 * @param step the name of the step that refused it
 * @param split the split it came from; empty if it is not known
 * @param position where in the split it stands, for people; empty if it is not known
 * @param reason what is wrong, for people
 * @param raw the input as it was, at most {@link #RAW_BYTES_MAX} bytes of it
 * @param earlier the reasons of earlier attempts, oldest first, at most {@link #EARLIER_MAX}; empty
 *     unless it was redriven
 */
public record DeadLetter(
        String step,
        String split,
        String position,
        String reason,
        byte[] raw,
        List<String> earlier) {
    /**
     * The most bytes of the input that are kept: enough to see what it is, bounded for hostility.
     */
    public static final int RAW_BYTES_MAX = 64 * 1024;

    /** So many earlier attempts are kept, the newest: what was tried longer ago helps nobody. */
    public static final int EARLIER_MAX = 10;

    /** Copies the list. */
    public DeadLetter {
        earlier = List.copyOf(earlier);
    }

    /** Creates the letter of a first attempt. */
    public DeadLetter(String step, String split, String position, String reason, byte[] raw) {
        this(step, split, position, reason, raw, List.of());
    }

    /** Returns the letter after another attempt that failed: this reason becomes an earlier one. */
    public DeadLetter failedAgain(String newReason) {
        List<String> reasons = new ArrayList<>(earlier);
        reasons.add(reason);
        int from = Math.max(0, reasons.size() - EARLIER_MAX);
        return new DeadLetter(
                step, split, position, newReason, raw, reasons.subList(from, reasons.size()));
    }
}
