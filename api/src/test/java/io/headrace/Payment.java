package io.headrace;

import io.headrace.connector.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the pipelines of the tests are about. */
record Payment(long id, String account, long cents, double rate, Instant time, List<String> tags) {
    static final EventTime<Payment> TIME = EventTime.of(Payment::time, Duration.ofSeconds(5));
}
