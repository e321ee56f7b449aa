package io.headrace.kernel.function;

import io.headrace.kernel.state.KeyedState;
import io.headrace.state.DeclaredStates;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeToLive;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import java.util.List;
import java.util.OptionalLong;

/**
 * When the key at hand expires, for a process function with a time-to-live.
 *
 * <p>A timer stands at that time, behind those that the function declared, so that it fires last
 * among equal times. It is pending exactly while the key has anything else that could expire: a key
 * that was cleared is forgotten at once.
 */
final class KeyExpiry {
    private final TimeToLive timeToLive;
    private final DeclaredStates declared;
    private final List<TimerDeclaration> timers;
    private final Timer[] handles;
    private final Timer due;

    /**
     * Creates the expiry of a step.
     *
     * @param declared what the function declared, connected to the state
     */
    KeyExpiry(TimeToLive timeToLive, DeclaredStates declared, KeyedState state) {
        this.timeToLive = timeToLive;
        this.declared = declared;
        this.timers = declared.timers();
        this.handles = timers.stream().map(state::timer).toArray(Timer[]::new);
        this.due = state.timer(timeToLive.timer());
    }

    boolean follows(TimeDomain domain) {
        return timeToLive.domain() == domain;
    }

    /** Returns whether a timer of the step is that of the expiry. */
    boolean isTimer(int timer) {
        return timer == timers.size();
    }

    /** Returns when the key at hand expires, or {@link Long#MAX_VALUE}. */
    long time() {
        return due.time().orElse(Long.MAX_VALUE);
    }

    /**
     * A record of the key at hand was processed at a time. In event time a record that is out of
     * order leaves the life of the key as it is; a clock that was set back counts as it is now.
     */
    void renew(long time) {
        if (declared.isEmpty()) {
            due.clear();
            return;
        }
        long renewed = timeToLive.after(time);
        OptionalLong before = due.time();
        if (before.isEmpty()
                || before.getAsLong() < renewed
                || follows(TimeDomain.PROCESSING_TIME)) {
            due.set(renewed);
        }
    }

    /** A timer was processed: the key may have nothing left. */
    void forgetIfEmpty() {
        if (declared.isEmpty()) {
            due.clear();
        }
    }

    /** Returns whether the key at hand has state or timers. */
    boolean hasSomething() {
        return !declared.isEmpty();
    }

    /**
     * Returns the next timer of the function on the same clock that is due before the key expires,
     * or −1.
     *
     * @param time when the key expires
     */
    int nextTimer(long time) {
        int next = -1;
        long earliest = Long.MAX_VALUE;
        for (int index = 0; index < handles.length; index++) {
            long pending = follows(timers.get(index).domain()) ? pending(index) : Long.MAX_VALUE;
            if (pending <= time && pending < earliest) {
                next = index;
                earliest = pending;
            }
        }
        return next;
    }

    /** Takes off a pending timer, and returns its time. */
    long take(int timer) {
        long time = pending(timer);
        handles[timer].clear();
        return time;
    }

    private long pending(int timer) {
        return handles[timer].time().orElse(Long.MAX_VALUE);
    }

    /** Forgets everything of the key at hand. */
    void clear() {
        declared.clear();
        due.clear();
    }
}
