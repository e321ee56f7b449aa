package io.headrace.testkit.simulation;

import io.headrace.kernel.time.Clock;

/** A clock that moves only when it is told to. */
final class VirtualClock implements Clock {
    private static final long START_MILLIS = 1_600_000_000_000L;

    private long nanos;

    void advance(long byNanos) {
        nanos += byNanos;
    }

    @Override
    public long millis() {
        return START_MILLIS + nanos / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
