package io.headrace.engine.job;

import io.headrace.kernel.time.Clock;

/** The clock of the machine. */
public final class SystemClock implements Clock {
    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
