package io.headrace.state;

import java.util.List;

/**
 * What a function declared to keep for each key: all that is known of it before the first record.
 *
 * @param states in the order of declaration
 * @param timers in the order of declaration
 * @param timeToLive how long a key is kept, or null: for ever
 */
public record Declarations(
        List<StateDeclaration> states, List<TimerDeclaration> timers, TimeToLive timeToLive) {
    /** Copies the lists. */
    public Declarations {
        states = List.copyOf(states);
        timers = List.copyOf(timers);
    }
}
