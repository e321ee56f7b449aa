package io.headrace.kernel.state;

import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeToLive;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.util.List;

/**
 * All that a step keeps, known before the first record.
 *
 * @param step the name of the step
 * @param keyType the keys
 * @param states the states; the index of a state is its id in files of this layout
 * @param timers the timers; ids follow those of the states
 * @param timeToLive if a key expires, after how long; the last timer is then that of the expiry
 * @param broadcast what it keeps without a key, whole in every subtask; null if nothing
 */
public record StateLayout(
        String step,
        Type<?> keyType,
        List<StateDeclaration> states,
        List<TimerDeclaration> timers,
        TimeToLive timeToLive,
        Broadcast broadcast) {
    /**
     * What a step keeps without a key.
     *
     * @param maps what the control records have made
     * @param controlType the control records, of which some wait
     */
    public record Broadcast(List<StateDeclaration> maps, Type<?> controlType) {
        /** Copies the list. */
        public Broadcast {
            maps = List.copyOf(maps);
        }
    }

    /** Copies the lists. */
    public StateLayout {
        states = List.copyOf(states);
        timers = List.copyOf(timers);
    }

    /** Creates the layout of a step that keeps nothing without a key. */
    public StateLayout(
            String step,
            Type<?> keyType,
            List<StateDeclaration> states,
            List<TimerDeclaration> timers,
            TimeToLive timeToLive) {
        this(step, keyType, states, timers, timeToLive, null);
    }

    /** Creates the layout of a step whose keys do not expire by themselves. */
    public StateLayout(
            String step,
            Type<?> keyType,
            List<StateDeclaration> states,
            List<TimerDeclaration> timers) {
        this(step, keyType, states, timers, null, null);
    }

    /**
     * Returns how much earlier than its time a timer is stored. The expiry of a key is stored as
     * the time of its last record, so that another time-to-live is right for every key at once.
     */
    public long storedEarlierMillis(int timer) {
        return timeToLive != null && timer == timers.size() - 1 ? timeToLive.millis() : 0;
    }
}
