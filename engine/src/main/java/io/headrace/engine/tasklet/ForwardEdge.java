package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;

/** Sends every record to one consumer. */
final class ForwardEdge extends EdgeOut {
    ForwardEdge(Channel channel) {
        super(new Channel[] {channel});
    }

    @Override
    public void emit(Object value, long timestamp) {
        append(0, value, timestamp);
    }
}
