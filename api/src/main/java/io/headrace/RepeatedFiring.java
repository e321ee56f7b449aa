package io.headrace;

import io.headrace.function.Trigger;
import io.headrace.function.TriggerContext;
import io.headrace.state.ReducingState;
import io.headrace.state.Timer;

/**
 * One rule of firing again and again, in the state that its trigger declared.
 *
 * @param records how many have come since the last pane
 * @param next when the rule fires, or null if it is none of time
 */
record RepeatedFiring(Triggers.Repeated rule, ReducingState<Long> records, Timer next) {
    Trigger.Result onElement(long timestamp, TriggerContext context) {
        switch (rule.kind) {
            case RECORDS -> {
                records.add(1L);
                return records.get() >= rule.every ? Trigger.Result.FIRE : Trigger.Result.CONTINUE;
            }
            case EVENT_TIME -> {
                if (next.time().isEmpty()) {
                    long from = Math.max(timestamp, context.eventTime() + 1);
                    next.set(from - Math.floorMod(from, rule.every) + rule.every - 1);
                }
            }
            case PROCESSING_TIME -> {
                if (next.time().isEmpty()) {
                    next.set(context.processingTime() + rule.every);
                }
            }
            default -> {} // Never.
        }
        return Trigger.Result.CONTINUE;
    }

    void clear() {
        records.clear();
        if (next != null) {
            next.clear();
        }
    }
}
