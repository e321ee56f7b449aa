package io.headrace.engine.coordinator;

import io.headrace.engine.tasklet.Execution;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.checkpoint.Manifest;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters of a job over the life of its state: what a checkpoint says, and what was counted
 * since.
 */
final class JobCounters {
    /** Under this name a manifest keeps what belongs to no step; no step can have it. */
    static final String JOB = "\u0000job";

    private final Map<String, Counters> base = new HashMap<>();

    JobCounters(Manifest manifest) {
        if (manifest != null) {
            manifest.counters().forEach((step, values) -> base.put(step, read(values)));
        }
    }

    private static Counters read(Map<String, Long> values) {
        Counters counters = new Counters();
        counters.in = values.getOrDefault("in", 0L);
        counters.out = values.getOrDefault("out", 0L);
        counters.late = values.getOrDefault("late", 0L);
        counters.lateAfterIdle = values.getOrDefault("lateAfterIdle", 0L);
        counters.deadLetters = values.getOrDefault("deadLetters", 0L);
        counters.droppedTimers = values.getOrDefault("droppedTimers", 0L);
        return counters;
    }

    static Map<String, Long> write(Counters counters) {
        return Map.of(
                "in", counters.in,
                "out", counters.out,
                "late", counters.late,
                "lateAfterIdle", counters.lateAfterIdle,
                "deadLetters", counters.deadLetters,
                "droppedTimers", counters.droppedTimers);
    }

    /** Returns what was counted before this execution. */
    Counters before(String step) {
        return base.getOrDefault(step, new Counters());
    }

    /** Returns the counters of every step now, as its subtasks published them. */
    Map<String, Counters> now(Execution execution) {
        Map<String, Counters> now = new HashMap<>();
        for (Step step : execution.plan().graph().steps()) {
            now.put(step.name(), before(step.name()));
        }
        for (Execution.Placed placed : execution.subtasks()) {
            int operator = 0;
            for (int id : placed.subtask().steps()) {
                String name = execution.plan().graph().step(id).name();
                Counters counted = placed.subtask().metrics().of(operator++);
                now.merge(name, counted, Counters::plus);
            }
        }
        return now;
    }
}
