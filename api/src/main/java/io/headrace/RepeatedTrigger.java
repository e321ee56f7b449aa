package io.headrace;

import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.state.ReducingState;
import io.headrace.state.Timer;

/** Fires by one rule. */
final class RepeatedTrigger extends Trigger<Object> {
    private final RepeatedFiring firing;

    RepeatedTrigger(Triggers.Repeated rule) {
        Timer next =
                switch (rule.kind) {
                    case EVENT_TIME -> eventTimeTimer("next");
                    case PROCESSING_TIME -> processingTimeTimer("next");
                    default -> null;
                };
        ReducingState<Long> records = reducingState("records", Long.class, Long::sum);
        this.firing = new RepeatedFiring(rule, records, next);
    }

    @Override
    public Result onElement(Object value, long timestamp, TriggerContext context) {
        return firing.onElement(timestamp, context);
    }

    @Override
    public Result onTimer(String timer, long time, TriggerContext context) {
        return Result.FIRE;
    }

    @Override
    public void onFired(TriggerContext context) {
        firing.clear();
    }

    @Override
    public boolean merges() {
        return true;
    }
}
