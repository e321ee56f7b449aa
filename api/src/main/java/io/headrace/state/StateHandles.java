package io.headrace.state;

/**
 * The states and timers of one subtask of a step, as a runner keeps them. The runner moves all
 * handles of a step to the key at hand before it calls the step.
 */
public interface StateHandles {
    /** Returns the handle of a declared state of kind {@code VALUE}. */
    <V> ValueState<V> value(StateDeclaration declaration);

    /** Returns the handle of a declared state of kind {@code LIST}. */
    <V> ListState<V> list(StateDeclaration declaration);

    /** Returns the handle of a declared state of kind {@code MAP}. */
    <U, V> MapState<U, V> map(StateDeclaration declaration);

    /** Returns the handle of a declared state of kind {@code ACCUMULATOR}. */
    <A> AccumulatorState<A> accumulator(StateDeclaration declaration);

    /** Returns the handle of a declared state of kind {@code SERIES}, as functions see it. */
    <V> TimeSeries<V> timeSeries(StateDeclaration declaration);

    /** Returns the handle of a declared timer. */
    Timer timer(TimerDeclaration declaration);
}
