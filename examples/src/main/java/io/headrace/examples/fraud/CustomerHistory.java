package io.headrace.examples.fraud;

/**
 * How a card was used over the windows (t − width, t] of a transaction at time t, itself included.
 *
 * <p>On equal times a row sees itself and the rows before it in the file. Counts are at least 1;
 * averages are exact sums of cents divided once, by {@code 100.0 * count}.
 *
 * @param count1d transactions within 1 day
 * @param average1d their mean amount
 * @param count7d transactions within 7 days
 * @param average7d their mean amount
 * @param count30d transactions within 30 days
 * @param average30d their mean amount
 */
public record CustomerHistory(
        long count1d,
        double average1d,
        long count7d,
        double average7d,
        long count30d,
        double average30d) {}
