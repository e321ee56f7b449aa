package io.headrace.state;

/**
 * A timer that a step declared.
 *
 * @param name unique among the timers of the step
 * @param domain which clock it follows
 */
public record TimerDeclaration(String name, TimeDomain domain) {
    /** Checks that the name is not blank. */
    public TimerDeclaration {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a timer needs a name, found a blank one");
        }
    }
}
