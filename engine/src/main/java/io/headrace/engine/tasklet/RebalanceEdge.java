package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;

/** Sends records to the consumers in turn. */
final class RebalanceEdge extends EdgeOut {
    private int next;

    RebalanceEdge(Channel[] channels) {
        super(channels);
    }

    @Override
    public void emit(Object value, long timestamp) {
        append(next, value, timestamp);
        next = next + 1 == channels.length ? 0 : next + 1;
    }
}
