package io.headrace.examples.fraud.demo;

import io.headrace.examples.fraud.Alert;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** Lets a few alerts out to be shown; the others pass by. Thread-safe. */
final class AlertTap {
    /** How many are shown at once at the beginning. */
    static final int FIRST = 5;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Queue<Alert> waiting = new ArrayBlockingQueue<>(FIRST);

    /** Takes an alert if there is room; never blocks. */
    void offer(Alert alert) {
        waiting.offer(alert);
    }

    /** Returns an alert as a sentence, if there is one. */
    Optional<String> next() {
        return Optional.ofNullable(waiting.poll())
                .map(alert -> TIME.format(alert.time()) + " " + alert.sentence());
    }

    /** Forgets those that wait: the next one shown is a new one. */
    void skip() {
        waiting.clear();
    }
}
