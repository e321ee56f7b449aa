package io.headrace.engine.store;

import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import java.util.OptionalLong;

/** The handle of one timer per key. */
final class TableTimer implements Timer {
    private final TableState state;
    private final int index;
    private final TimeDomain domain;

    TableTimer(TableState state, int index, TimeDomain domain) {
        this.state = state;
        this.index = index;
        this.domain = domain;
    }

    @Override
    public void set(long time) {
        if (time == Entry.NOT_PENDING) {
            throw new IllegalArgumentException("a timer at Long.MAX_VALUE would never fire");
        }
        state.setTimer(index, domain, time);
    }

    @Override
    public void clear() {
        state.clearTimer(index, domain);
    }

    @Override
    public OptionalLong time() {
        Entry entry = state.current();
        return entry == null || entry.timer(index) == Entry.NOT_PENDING
                ? OptionalLong.empty()
                : OptionalLong.of(entry.timer(index));
    }
}
