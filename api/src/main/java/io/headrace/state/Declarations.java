package io.headrace.state;

import java.util.List;

/**
 * What a function declared to keep: all that is known of it before the first record.
 *
 * @param states in the order of declaration
 * @param timers in the order of declaration
 * @param timeToLive how long a key is kept, or null: for ever
 * @param broadcast maps without a key, which every subtask has whole
 */
public record Declarations(
        List<StateDeclaration> states,
        List<TimerDeclaration> timers,
        TimeToLive timeToLive,
        List<StateDeclaration> broadcast) {
    /** The name of the records of a step that wait for time, and of the timer that ends that. */
    public static final String WAITING = "records that wait";

    /** The name of the control records of a step that wait for time. */
    public static final String WAITING_CONTROLS = "control records that wait";

    /** Copies the lists. */
    public Declarations {
        states = List.copyOf(states);
        timers = List.copyOf(timers);
        broadcast = List.copyOf(broadcast);
    }
}
