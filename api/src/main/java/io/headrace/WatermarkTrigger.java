package io.headrace;

import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.state.ReducingState;
import io.headrace.state.Timer;

/** Fires at the end of the window, and by one rule before and one behind it. */
final class WatermarkTrigger extends Trigger<Object> {
    private final Timer end = eventTimeTimer("end");
    private final RepeatedFiring early;
    private final RepeatedFiring late;

    WatermarkTrigger(Triggers.Repeated early, Triggers.Repeated late) {
        ReducingState<Long> records = reducingState("records", Long.class, Long::sum);
        this.early = firing("early", early, records);
        this.late = firing("late", late, records);
    }

    private RepeatedFiring firing(
            String timer, Triggers.Repeated rule, ReducingState<Long> records) {
        Timer next =
                switch (rule.kind) {
                    case EVENT_TIME -> eventTimeTimer(timer);
                    case PROCESSING_TIME -> processingTimeTimer(timer);
                    default -> null;
                };
        return new RepeatedFiring(rule, records, next);
    }

    @Override
    public Result onElement(Object value, long timestamp, TriggerContext context) {
        long last = context.window().endMillis() - 1;
        if (last <= context.eventTime()) {
            return late.onElement(timestamp, context);
        }
        end.set(last);
        return early.onElement(timestamp, context);
    }

    /** What an early rule has begun ends with the window: the on-time pane shows it. */
    @Override
    public Result onTimer(String timer, long time, TriggerContext context) {
        if (timer.equals("end")) {
            early.clear();
        }
        return Result.FIRE;
    }

    @Override
    public void onFired(TriggerContext context) {
        early.clear();
        late.clear();
    }

    @Override
    public boolean merges() {
        return true;
    }

    /** A session that has grown ends later. */
    @Override
    public void onMerge(TriggerContext context) {
        end.clear();
    }
}
