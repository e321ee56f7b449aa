package io.headrace.engine.coordinator;

import io.headrace.JobMetrics;
import io.headrace.engine.tasklet.Execution;
import io.headrace.graph.Step;
import io.headrace.kernel.function.FrequentKey;
import io.headrace.kernel.function.FrequentKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts together which keys the subtasks of a step find frequent. Each key is of one of them. */
final class KeyShares {
    /** With less, a key is not what keeps a subtask busy. */
    private static final double SHARE_MIN = 0.01;

    private KeyShares() {}

    static List<JobMetrics.KeyShare> of(Execution execution, Step step) {
        if (!(step instanceof Step.KeyBy)) {
            return List.of();
        }
        long records = 0;
        List<FrequentKey> keys = new ArrayList<>();
        for (Execution.Placed placed : execution.subtasks()) {
            int operator = placed.subtask().steps().indexOf(step.id());
            if (operator >= 0) {
                FrequentKeys found = placed.subtask().frequentKeys(operator);
                records += found.records();
                keys.addAll(found.keys());
            }
        }
        final double all = records;
        return keys.stream()
                .sorted(Comparator.comparingLong(FrequentKey::records).reversed())
                .filter(key -> key.records() >= SHARE_MIN * all)
                .limit(FrequentKey.SHOWN_MAX)
                .map(key -> new JobMetrics.KeyShare(key.key(), key.records() / all))
                .toList();
    }
}
