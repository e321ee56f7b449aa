package io.headrace.connector;

/**
 * What a reader may know of the subtask it reads for.
 *
 * @param step the name of the step
 * @param subtask 0 to parallelism − 1
 * @param parallelism how many readers the source has
 */
public record ReaderContext(String step, int subtask, int parallelism) {}
