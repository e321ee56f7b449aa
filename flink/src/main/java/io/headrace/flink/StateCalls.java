package io.headrace.flink;

import org.apache.flink.util.FlinkRuntimeException;

/** Calls the state of Flink, whose failures are checked: they fail the task, whatever they are. */
final class StateCalls {
    private StateCalls() {}

    /** A call with a result. */
    @FunctionalInterface
    interface Get<R> {
        R get() throws Exception;
    }

    /** A call without one. */
    @FunctionalInterface
    interface Run {
        void run() throws Exception;
    }

    static <R> R get(Get<R> call) {
        try {
            return call.get();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new FlinkRuntimeException("state cannot be read or written", failed);
        }
    }

    static void run(Run call) {
        get(
                () -> {
                    call.run();
                    return null;
                });
    }
}
