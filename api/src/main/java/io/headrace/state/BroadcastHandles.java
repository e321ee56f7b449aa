package io.headrace.state;

/** The broadcast maps of one subtask of a step, as a runner keeps them. */
@FunctionalInterface
public interface BroadcastHandles {
    /** Returns the handle of a declared map. */
    <U, V> MapState<U, V> map(StateDeclaration declaration);
}
