package io.headrace.connector;

import java.nio.file.Path;

/**
 * What a writer may know of the subtask it writes for.
 *
 * @param step the name of the step
 * @param subtask 0 to parallelism − 1
 * @param parallelism how many writers the sink has
 * @param lineage the history this job continues
 * @param owner the fencing epoch of this process, higher than any earlier one's in the lineage:
 *     names of unfinished pieces contain it, so that two processes never share one
 * @param scratch a directory for pieces that are not kept in the target; exists. What is in it when
 *     a job starts, and no checkpoint names, is removed
 */
public record SinkContext(
        String step, int subtask, int parallelism, Lineage lineage, long owner, Path scratch) {}
