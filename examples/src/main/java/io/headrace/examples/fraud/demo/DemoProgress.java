package io.headrace.examples.fraud.demo;

import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.cli.Console;
import io.headrace.cli.StatusLine;
import io.headrace.examples.fraud.FraudPipeline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Shows how far a job is: a bar on a terminal, a plain line now and again elsewhere, and alerts as
 * sentences above. Called by one thread.
 */
final class DemoProgress {
    private static final int BAR_WIDTH = 8;
    private static final long SENTENCE_EVERY_NANOS = 1_000_000_000L;
    private static final long PLAIN_LINE_EVERY_NANOS = 5_000_000_000L;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Console console;
    private final StatusLine status;
    private final AlertTap alerts;
    private final long rowsExpected;
    private int sentences;
    private long sentenceNanos;
    private long plainNanos;
    private long rateNanos;
    private long rateRead = -1;
    private double rate;

    /**
     * Creates the display.
     *
     * @param rowsExpected about how many transactions there will be
     */
    DemoProgress(Console console, AlertTap alerts, long rowsExpected) {
        this.console = console;
        this.status = new StatusLine(console);
        this.alerts = alerts;
        this.rowsExpected = Math.max(1, rowsExpected);
        this.rateNanos = System.nanoTime();
        this.plainNanos = rateNanos;
    }

    void show(Job job) {
        long now = System.nanoTime();
        JobMetrics metrics = job.metrics();
        long read = metrics.step(FraudPipeline.TRANSACTIONS).in();
        showSentence(now);
        updateRate(now, read);
        if (status.live()) {
            status.update(bar(metrics, read));
        } else if (now - plainNanos > PLAIN_LINE_EVERY_NANOS) {
            plainNanos = now;
            console.err().println(bar(metrics, read));
        }
    }

    void end() {
        status.clear();
    }

    private void showSentence(long now) {
        if (sentences < AlertTap.FIRST || now - sentenceNanos > SENTENCE_EVERY_NANOS) {
            alerts.next()
                    .ifPresent(
                            sentence -> {
                                status.above(console.out(), sentence);
                                sentences++;
                                sentenceNanos = now;
                                if (sentences >= AlertTap.FIRST) {
                                    alerts.skip(); // The next one shown is a later one.
                                }
                            });
        }
    }

    private void updateRate(long now, long read) {
        if (rateRead < 0) { // What was read before is not of this start.
            rateRead = read;
        }
        double seconds = (now - rateNanos) / 1e9;
        if (seconds >= 1) {
            rate = (read - rateRead) / seconds;
            rateNanos = now;
            rateRead = read;
        }
    }

    private String bar(JobMetrics metrics, long read) {
        double share = Math.min(1, (double) read / rowsExpected);
        int full = (int) (share * BAR_WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%% %,.0f/s %s, watermark %s, checkpoint %s",
                "#".repeat(full),
                ".".repeat(BAR_WIDTH - full),
                share * 100,
                rate,
                time(metrics.eventTimeMillis()),
                time(metrics.watermarkMillis()),
                age(metrics.checkpointAgeMillis()));
    }

    private static String time(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
                ? "-"
                : TIME.format(Instant.ofEpochMilli(millis));
    }

    private static String age(long millis) {
        return millis < 0 ? "none yet" : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
}
