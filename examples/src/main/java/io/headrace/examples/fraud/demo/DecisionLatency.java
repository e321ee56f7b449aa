package io.headrace.examples.fraud.demo;

import io.headrace.examples.fraud.Judged;
import io.headrace.examples.fraud.Transaction;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Measures the time from reading a transaction to its decision. Thread-safe. */
final class DecisionLatency {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DIGITS = 3;

    private final Map<Long, Long> readNanos = new ConcurrentHashMap<>();
    private final Histogram nanos = new ConcurrentHistogram(DIGITS);

    void onRead(Transaction transaction) {
        readNanos.put(transaction.id(), System.nanoTime());
    }

    void onJudged(Judged judged) {
        Long read = readNanos.remove(judged.features().transaction().id());
        if (read != null) { // Null behind a recovery: read by the process before.
            nanos.recordValue(Math.max(1, System.nanoTime() - read));
        }
    }

    /** Says the percentiles in one line. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "from reading to decision: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
                millis(50),
                millis(99),
                millis(99.9));
    }

    private double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
