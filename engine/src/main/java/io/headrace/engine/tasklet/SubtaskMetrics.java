package io.headrace.engine.tasklet;

import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.Counters;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counters of a subtask as they were at the end of a step. One writer, any number of readers.
 */
public final class SubtaskMetrics {
    private static final int COUNTERS = 6;

    private final AtomicLongArray published;

    SubtaskMetrics(int operators) {
        published = new AtomicLongArray(operators * COUNTERS);
    }

    void publish(Chain chain) {
        int at = 0;
        for (var operator : chain.operators()) {
            Counters counters = operator.counters();
            published.setOpaque(at, counters.in);
            published.setOpaque(at + 1, counters.out);
            published.setOpaque(at + 2, counters.late);
            published.setOpaque(at + 3, counters.deadLetters);
            published.setOpaque(at + 4, counters.droppedTimers);
            published.setOpaque(at + 5, counters.lateAfterIdle);
            at += COUNTERS;
        }
    }

    /** Returns the counters of an operator, as they were at some recent moment. */
    public Counters of(int operator) {
        int at = operator * COUNTERS;
        Counters counters = new Counters();
        counters.in = published.getOpaque(at);
        counters.out = published.getOpaque(at + 1);
        counters.late = published.getOpaque(at + 2);
        counters.deadLetters = published.getOpaque(at + 3);
        counters.droppedTimers = published.getOpaque(at + 4);
        counters.lateAfterIdle = published.getOpaque(at + 5);
        return counters;
    }
}
