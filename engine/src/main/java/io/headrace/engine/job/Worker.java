package io.headrace.engine.job;

import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Tasklet;
import io.headrace.kernel.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * A thread that steps a fixed list of tasklets in turn. When none has anything to do it spins a
 * little, then sleeps until it is woken.
 */
final class Worker implements Runnable {
    /** About 10 µs: a batch often arrives within that, and waking up costs as much. */
    private static final int SPINS = 200;

    /** A sleeper looks around this often: processing-time timers and lingering batches need it. */
    private static final long SLEEP_NANOS = 1_000_000;

    private final List<? extends Tasklet> tasklets;
    private final Signal signal;
    private final Clock clock;
    private final Consumer<Throwable> onFailure;
    private volatile boolean stopped;
    private volatile long stepStartNanos = Long.MIN_VALUE;
    private volatile int current;

    Worker(
            List<? extends Tasklet> tasklets,
            Signal signal,
            Clock clock,
            Consumer<Throwable> onFailure) {
        this.tasklets = List.copyOf(tasklets);
        this.signal = signal;
        this.clock = clock;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        try {
            int idle = 0;
            while (!stopped) {
                if (stepAll()) {
                    idle = 0;
                } else if (++idle < SPINS) {
                    Thread.onSpinWait();
                } else {
                    rest();
                }
            }
        } catch (Throwable failed) { // Everything that goes wrong here ends the execution.
            onFailure.accept(failed);
        }
    }

    private boolean stepAll() {
        boolean worked = false;
        stepStartNanos = clock.nanos();
        for (int i = 0; i < tasklets.size(); i++) {
            current = i;
            worked |= tasklets.get(i).step();
        }
        return worked;
    }

    private void rest() {
        signal.announce();
        if (stepAll()) {
            signal.cancel();
        } else {
            stepStartNanos = Long.MIN_VALUE;
            signal.sleep(SLEEP_NANOS);
        }
    }

    /** Lets the loop end after the step it is in. */
    void stop() {
        stopped = true;
        signal.wake();
    }

    /** Returns which of its tasklets the worker steps, or has stepped last. */
    int current() {
        return current;
    }

    /** Returns for how long the worker has been in one round of steps; 0 while it rests. */
    long stuckNanos(long nowNanos) {
        long start = stepStartNanos;
        return start == Long.MIN_VALUE ? 0 : nowNanos - start;
    }
}
