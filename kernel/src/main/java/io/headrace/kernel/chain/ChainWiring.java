package io.headrace.kernel.chain;

import java.util.Arrays;

/**
 * How the operators of a chain are connected.
 *
 * @param operators in topological order
 * @param inputs for each operator where its records come from: the index of an operator, or {@code
 *     ~i} for input i of the chain
 * @param entries for each input of the chain the port that takes its records
 * @param edges for each operator the edges that leave the chain behind it
 * @param pending room for the watermark that each operator returned last
 */
public record ChainWiring(
        Operator[] operators, int[][] inputs, Port[] entries, Edge[][] edges, long[] pending) {
    /** Creates the wiring. */
    public ChainWiring(Operator[] operators, int[][] inputs, Port[] entries, Edge[][] edges) {
        this(operators, inputs, entries, edges, new long[operators.length]);
        Arrays.fill(pending, Long.MIN_VALUE);
    }
}
