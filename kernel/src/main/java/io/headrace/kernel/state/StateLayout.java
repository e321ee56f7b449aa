package io.headrace.kernel.state;

import io.headrace.state.StateDeclaration;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.util.List;

/**
 * All that a step keeps per key, known before the first record.
 *
 * @param step the name of the step
 * @param keyType the keys
 * @param states the states; the index of a state is its id in files of this layout
 * @param timers the timers; ids follow those of the states
 */
public record StateLayout(
        String step,
        Type<?> keyType,
        List<StateDeclaration> states,
        List<TimerDeclaration> timers) {
    /** Copies the lists. */
    public StateLayout {
        states = List.copyOf(states);
        timers = List.copyOf(timers);
    }
}
