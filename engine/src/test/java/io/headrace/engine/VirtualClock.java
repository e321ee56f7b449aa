package io.headrace.engine;

import io.headrace.kernel.time.Clock;

/** A clock that stands still unless it is moved. One thread. */
public final class VirtualClock implements Clock {
    private long nanos = 1_000_000_000_000L;

    /** Lets time pass. */
    public void pass(long millis) {
        nanos += millis * 1_000_000;
    }

    @Override
    public long millis() {
        return nanos / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
