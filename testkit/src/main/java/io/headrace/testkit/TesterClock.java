package io.headrace.testkit;

import io.headrace.kernel.time.Clock;

/**
 * The clocks of a tester. Processing time moves only when the test says so; the clock for durations
 * runs on its own, so that batches leave and idleness comes without a moment of processing time.
 */
final class TesterClock implements Clock {
    private long millis;
    private long nanos;

    TesterClock(long startMillis) {
        this.millis = startMillis;
    }

    void moveTo(long toMillis) {
        millis = toMillis;
    }

    void pass(long durationNanos) {
        nanos += durationNanos;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
