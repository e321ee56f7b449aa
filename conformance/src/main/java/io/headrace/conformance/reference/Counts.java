package io.headrace.conformance.reference;

/**
 * What a step has counted. {@code in = processed + late + deadLetters}.
 *
 * @param in records that came in; for a source, that were read
 * @param out records emitted to the main output
 * @param late records that came too late
 * @param deadLetters records that became dead letters
 * @param droppedTimers processing-time timers that were pending at the end of the input
 * @param firings timers that called the function, or windows that gave a result
 */
public record Counts(
        long in, long out, long late, long deadLetters, long droppedTimers, long firings) {}
