package io.headrace.kernel.chain;

import io.headrace.kernel.state.BroadcastState;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.time.Clock;

/**
 * What an operator gets before its first record.
 *
 * @param step the name of its step
 * @param clock the clock of the host
 * @param key the key slot of its chain
 * @param state its state; null if it declared none
 * @param broadcast what it keeps without a key; null if it declared nothing
 */
public record OperatorContext(
        String step, Clock clock, KeySlot key, KeyedState state, BroadcastState broadcast) {
    /** Creates the context of an operator that keeps nothing without a key. */
    public OperatorContext(String step, Clock clock, KeySlot key, KeyedState state) {
        this(step, clock, key, state, null);
    }
}
