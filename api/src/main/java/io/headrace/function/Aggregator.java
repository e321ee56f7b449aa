package io.headrace.function;

import io.headrace.type.Type;
import java.io.Serializable;

/**
 * Combines many values into one result through an accumulator.
 *
 * <p><b>Threading.</b> One aggregator is shared by all subtasks; it must be stateless. An
 * accumulator belongs to one subtask at a time. <b>Ownership.</b> {@link #add} may change and
 * return its accumulator; {@link #merge} may change the first only; {@link #result} must neither
 * change nor keep it. <b>Laws.</b> {@code merge} is associative with {@link #create} as its neutral
 * element, and adding a value equals merging an accumulator that holds only that value.
 *
 * @param <T> the values
 * @param <A> the accumulator
 * @param <R> the result
 */
public interface Aggregator<T, A, R> extends Serializable {
    /** Returns the type of the accumulator, which is stored in checkpoints. */
    Type<A> accumulatorType();

    /**
     * Returns what tells it from other aggregates with the same accumulator, for example {@code
     * max}. It is stored in checkpoints, and state of another name is refused; empty if the type of
     * the accumulator says enough.
     */
    default String name() {
        return "";
    }

    /** Returns the type of the result, or null to have it read from the class. */
    default Type<R> resultType() {
        return null;
    }

    /** Returns a new, empty accumulator. */
    A create();

    /** Returns the accumulator with a value added. */
    A add(A accumulator, T value) throws Exception;

    /** Returns both accumulators as one: {@code first} holds the earlier values. */
    A merge(A first, A second) throws Exception;

    /** Returns the result of an accumulator. */
    R result(A accumulator) throws Exception;

    /**
     * Returns whether {@link #merge} commutes as well: no result depends on the order of the values
     * or of the merges, to the last bit. A runner may then aggregate the values of a window where
     * they come from, and send accumulators in place of records; see {@link
     * io.headrace.WindowedStream}. False unless the aggregator says so: order matters for the first
     * value, for lists, and for sums of doubles.
     */
    default boolean commutes() {
        return false;
    }

    /**
     * Returns whether {@link #subtract} is exact: taking off what was merged leaves exactly what
     * would have been there without it. False for sums of doubles, which drift.
     */
    default boolean subtracts() {
        return false;
    }

    /**
     * Returns a total without an accumulator that was merged into it before. May change the total
     * only. Called only if {@link #subtracts()}.
     */
    default A subtract(A total, A expired) throws Exception {
        throw new UnsupportedOperationException("subtracts() is false");
    }
}
