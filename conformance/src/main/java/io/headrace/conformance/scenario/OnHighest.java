package io.headrace.conformance.scenario;

import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.state.ReducingState;
import io.headrace.state.Timer;

/**
 * A trigger of a user: fires at each new highest number of a window, 5 ms before its end, and 5 and
 * 10 ms behind it, whether there is something new or not.
 */
final class OnHighest extends Trigger<Object> {
    private final ReducingState<Long> highest = reducingState("highest", Long.class, Math::max);
    private final Timer before = eventTimeTimer("before");
    private final Timer behind = eventTimeTimer("behind");

    @Override
    public Result onElement(Object value, long timestamp, TriggerContext context) {
        final Long most = highest.get();
        highest.add(Kind.number(value));
        final long end = context.window().endMillis();
        if (end - 5 > context.eventTime()) {
            before.set(end - 5);
        }
        if (end < Long.MAX_VALUE && end + 5 > context.eventTime()) {
            behind.set(end + 5);
        }
        return most == null || Kind.number(value) > most ? Result.FIRE : Result.CONTINUE;
    }

    @Override
    public Result onTimer(String timer, long time, TriggerContext context) {
        if (time == context.window().endMillis() + 5) {
            behind.set(time + 5);
        }
        return Result.FIRE;
    }

    @Override
    public boolean merges() {
        return true;
    }

    @Override
    public void onMerge(TriggerContext context) {
        before.clear();
        behind.clear();
    }
}
