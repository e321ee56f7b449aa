package io.headrace.examples.fraud;

/**
 * What is known of a terminal over the windows (t − 7 d − width, t − 7 d] of a transaction at t.
 *
 * <p>The windows end seven days back because that is how long the bank takes to learn of a fraud. A
 * rate is the number of frauds whose label is known by t, divided once by the count; 0 for no
 * transactions; null when there are no labels at all, which is not the same.
 *
 * @param count1d transactions within 1 day
 * @param fraudRate1d share of frauds among them, or null
 * @param count7d transactions within 7 days
 * @param fraudRate7d share of frauds among them, or null
 * @param count30d transactions within 30 days
 * @param fraudRate30d share of frauds among them, or null
 */
public record TerminalHistory(
        long count1d,
        Double fraudRate1d,
        long count7d,
        Double fraudRate7d,
        long count30d,
        Double fraudRate30d) {}
