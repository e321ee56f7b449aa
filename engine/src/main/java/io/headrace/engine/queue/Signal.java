package io.headrace.engine.queue;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a thread sleep until another has something for it: an eventcount. The sleeper announces
 * itself, looks once more, and only then parks; whoever brings work looks for the announcement
 * after the work is visible. A wake-up costs one fence and one load while nobody sleeps.
 */
public final class Signal {
    private volatile Thread sleeper;

    /** Announces that the calling thread will sleep unless it finds work now. */
    public void announce() {
        sleeper = Thread.currentThread();
    }

    /** Sleeps until {@link #wake}, or the time is over. After {@link #announce} only. */
    public void sleep(long nanosMax) {
        if (sleeper != null) {
            LockSupport.parkNanos(this, nanosMax);
        }
        sleeper = null;
    }

    /** Takes the announcement back: there was work. */
    public void cancel() {
        sleeper = null;
    }

    /** Wakes the sleeper, if there is one. By any thread, after the work is visible. */
    public void wake() {
        VarHandle.fullFence(); // The work must be visible before the announcement is looked for.
        Thread thread = sleeper;
        if (thread != null) {
            sleeper = null;
            LockSupport.unpark(thread);
        }
    }
}
