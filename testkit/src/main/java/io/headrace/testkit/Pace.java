package io.headrace.testkit;

import io.headrace.engine.tasklet.Limits;

/**
 * How much a tester lets happen at once.
 *
 * @param pollMax records that a source gives at once
 * @param slow whether subtasks are stepped the more seldom the further they are from the sources,
 *     so that those before them find no room
 */
record Pace(int pollMax, Limits limits, boolean slow) {
    /** As in production. */
    static final Pace FREE = new Pace(Integer.MAX_VALUE, Limits.STANDARD, false);

    /** One record, one batch, one key: after each, everything is full. */
    static final Pace REFUSING = new Pace(1, Limits.SMALLEST, true);

    /** The slowest is stepped once in so many rounds. */
    private static final int SLOWEST = 4;

    /** Returns after how many rounds each tasklet has had its turn. */
    int cycle() {
        return slow ? SLOWEST : 1;
    }

    /** Returns whether a tasklet is stepped in a round; the coordinator is the first. */
    boolean turn(long round, int tasklet) {
        return !slow || round % Math.min(SLOWEST, Math.max(1, tasklet)) == 0;
    }
}
