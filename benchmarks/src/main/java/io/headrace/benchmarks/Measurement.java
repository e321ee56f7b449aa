package io.headrace.benchmarks;

import java.util.Locale;

/**
 * One run.
 *
 * @param run 1, 2, 3 …
 * @param cpuSecondsPerMillion CPU time of the whole process, collector and compiler included, per
 *     million source events
 * @param eventsPerSecond source events per second of wall clock
 * @param count how many rows came out
 * @param hash of the rows, whatever their order
 */
record Measurement(
        String engine,
        String query,
        int parallelism,
        int run,
        long events,
        double cpuSecondsPerMillion,
        double eventsPerSecond,
        long count,
        String hash) {
    /** Returns the measurement as one line of JSON. */
    String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"engine\":\"%s\",\"query\":\"%s\",\"parallelism\":%d,\"run\":%d,\"events\":%d,"
                        + "\"cpuSecondsPerMillion\":%.5f,\"eventsPerSecond\":%.0f,"
                        + "\"count\":%d,\"hash\":\"%s\"}",
                engine,
                query,
                parallelism,
                run,
                events,
                cpuSecondsPerMillion,
                eventsPerSecond,
                count,
                hash);
    }
}
