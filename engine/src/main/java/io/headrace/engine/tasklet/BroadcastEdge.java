package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;

/** Sends each record to all consumers. They share the object: records are immutable. */
final class BroadcastEdge extends EdgeOut {
    BroadcastEdge(Channel[] channels) {
        super(channels);
    }

    @Override
    public void emit(Object value, long timestamp) {
        for (int target = 0; target < channels.length; target++) {
            append(target, value, timestamp);
        }
    }
}
