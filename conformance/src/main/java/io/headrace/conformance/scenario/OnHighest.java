package io.headrace.conformance.scenario;

import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.state.ReducingState;
import io.headrace.state.Timer;

/** A trigger of a user: fires at each new highest number of a window, and 5 ms before its end. */
final class OnHighest extends Trigger<Object> {
    private final ReducingState<Long> highest = reducingState("highest", Long.class, Math::max);
    private final Timer soon = eventTimeTimer("soon");

    @Override
    public Result onElement(Object value, long timestamp, TriggerContext context) {
        final Long before = highest.get();
        highest.add(Kind.number(value));
        if (context.window().endMillis() - 5 > context.eventTime()) {
            soon.set(context.window().endMillis() - 5);
        }
        return before == null || Kind.number(value) > before ? Result.FIRE : Result.CONTINUE;
    }

    @Override
    public Result onTimer(String timer, long time, TriggerContext context) {
        return Result.FIRE;
    }

    @Override
    public boolean merges() {
        return true;
    }

    @Override
    public void onMerge(TriggerContext context) {
        soon.clear();
    }
}
