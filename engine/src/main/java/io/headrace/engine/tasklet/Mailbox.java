package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Signal;
import io.headrace.engine.queue.SpscQueue;

/**
 * Between the coordinator and one subtask: commands one way, events the other. Both are bounded by
 * the protocol: one checkpoint at a time, one wish for a split at a time.
 */
public final class Mailbox {
    /** More than the protocol can have in flight. */
    private static final int MESSAGES_MAX = 64;

    private final SpscQueue<Command> commands = new SpscQueue<>(MESSAGES_MAX);
    private final SpscQueue<Event> events = new SpscQueue<>(MESSAGES_MAX);
    private final Signal worker;
    private final Signal coordinator;

    /** Creates an empty mailbox that wakes the two sides. */
    public Mailbox(Signal worker, Signal coordinator) {
        this.worker = worker;
        this.coordinator = coordinator;
    }

    /** Sends a command, by the coordinator. */
    public void command(Command command) {
        if (!commands.offer(command)) {
            throw new IllegalStateException("more than " + MESSAGES_MAX + " commands in flight");
        }
        worker.wake();
    }

    /** Takes an event, by the coordinator, or returns null. */
    public Event event() {
        return events.poll();
    }

    Command nextCommand() {
        return commands.poll();
    }

    void send(Event event) {
        if (!events.offer(event)) {
            throw new IllegalStateException("more than " + MESSAGES_MAX + " events in flight");
        }
        coordinator.wake();
    }
}
