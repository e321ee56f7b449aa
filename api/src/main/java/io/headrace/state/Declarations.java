package io.headrace.state;

import java.util.List;

/**
 * What a function declared to keep for each key: all that is known of it before the first record.
 *
 * @param states in the order of declaration
 * @param timers in the order of declaration
 */
public record Declarations(List<StateDeclaration> states, List<TimerDeclaration> timers) {
    /** Copies the lists. */
    public Declarations {
        states = List.copyOf(states);
        timers = List.copyOf(timers);
    }
}
