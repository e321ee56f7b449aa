/**
 * State and timers: what a step remembers for each key.
 *
 * <p>Every handle stands for the state of the key at hand; a runner moves it to the next key before
 * the next call. Start at {@link io.headrace.state.ValueState}; a runner starts at {@link
 * io.headrace.state.DeclaredStates}. Depends on {@code type} only.
 */
package io.headrace.state;
