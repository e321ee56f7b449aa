package io.headrace.graph;

/**
 * Where a step takes its records from.
 *
 * @param step the id of the step before
 * @param side the name of its side output, or null for its main output
 */
public record Input(int step, String side) {
    /** Names the main output of a step. */
    public static Input main(int step) {
        return new Input(step, null);
    }
}
