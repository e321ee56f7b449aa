package io.headrace.testkit.simulation;

import java.util.ArrayDeque;
import java.util.List;

/** What happened, as a hash of everything and the last lines of what matters. */
final class Trace {
    private static final int LINES_MAX = 30;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long hash = 1;
    private long steps;

    /** A tasklet took a step. */
    void step(int tasklet, boolean worked, long storeOperations) {
        steps++;
        mix(tasklet * 2L + (worked ? 1 : 0));
        mix(storeOperations);
    }

    /** Something worth a line happened. */
    void line(String what) {
        mix(what.hashCode());
        lines.add("step " + steps + ": " + what);
        if (lines.size() > LINES_MAX) {
            lines.remove();
        }
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }

    long hash() {
        return hash;
    }

    long steps() {
        return steps;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
