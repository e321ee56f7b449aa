package io.headrace.flink;

import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** A timer that has at most one pending time per key; Flink's own may have many. */
final class FlinkTimer implements Timer {
    private final TimerDeclaration declaration;
    private final InternalTimerService<String> service;
    private final ValueState<Long> pending;

    FlinkTimer(
            TimerDeclaration declaration,
            InternalTimerService<String> service,
            ValueState<Long> pending) {
        this.declaration = declaration;
        this.service = service;
        this.pending = pending;
    }

    TimeDomain domain() {
        return declaration.domain();
    }

    boolean isPendingAt(long time) {
        Long set = StateCalls.get(pending::value);
        return set != null && set == time;
    }

    /** It is no longer pending. */
    void fired() {
        StateCalls.run(pending::clear);
    }

    @Override
    public void set(long time) {
        if (time == Long.MAX_VALUE) {
            throw new IllegalArgumentException("a timer at Long.MAX_VALUE would never fire");
        }
        if (isPendingAt(time)) {
            return;
        }
        clear();
        StateCalls.run(() -> pending.update(time));
        if (domain() == TimeDomain.EVENT_TIME) {
            service.registerEventTimeTimer(declaration.name(), time);
        } else {
            service.registerProcessingTimeTimer(declaration.name(), time);
        }
    }

    @Override
    public void clear() {
        Long set = StateCalls.get(pending::value);
        if (set == null) {
            return;
        }
        StateCalls.run(pending::clear);
        if (domain() == TimeDomain.EVENT_TIME) {
            service.deleteEventTimeTimer(declaration.name(), set);
        } else {
            service.deleteProcessingTimeTimer(declaration.name(), set);
        }
    }

    @Override
    public OptionalLong time() {
        Long set = StateCalls.get(pending::value);
        return set == null ? OptionalLong.empty() : OptionalLong.of(set);
    }
}
