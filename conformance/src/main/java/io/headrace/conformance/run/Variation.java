package io.headrace.conformance.run;

import java.util.List;

/**
 * What must make no difference to the results.
 *
 * @param parallelisms that of the start, and those of the restarts in turn
 * @param lineByLine whether everything that follows from a line happens before the next; else lines
 *     come as fast as they can
 * @param checkpointEvery after how many lines a checkpoint is taken, 0 for never
 * @param restartEvery after how many lines the job is stopped and goes on, 0 for never
 * @param copied whether each step runs on a copy of its operator's class, as in a job
 */
public record Variation(
        List<Integer> parallelisms,
        boolean lineByLine,
        int checkpointEvery,
        int restartEvery,
        boolean copied) {
    /** Line by line, at one parallelism, undisturbed. */
    public static Variation at(int parallelism) {
        return new Variation(List.of(parallelism), true, 0, 0, false);
    }

    /** Line by line, with a checkpoint behind each. */
    public static Variation checkpointedAt(int parallelism) {
        return new Variation(List.of(parallelism), true, 1, 0, false);
    }

    /** Line by line, with a restart at the next of these parallelisms every so many lines. */
    public static Variation restarted(int every, Integer... parallelisms) {
        return new Variation(List.of(parallelisms), true, 0, every, false);
    }

    /** Line by line, as a job runs it. */
    public static Variation copiedAt(int parallelism) {
        return new Variation(List.of(parallelism), true, 0, 0, true);
    }

    /** As fast as it can. */
    public static Variation unsettled(int parallelism, int checkpointEvery) {
        return new Variation(List.of(parallelism), false, checkpointEvery, 0, false);
    }

    @Override
    public String toString() {
        return "parallelism "
                + parallelisms
                + (lineByLine ? ", line by line" : ", unsettled")
                + (checkpointEvery > 0 ? ", a checkpoint every " + checkpointEvery : "")
                + (restartEvery > 0 ? ", a restart every " + restartEvery : "")
                + (copied ? ", operators copied" : "");
    }
}
